-- RETURNING is a trigger to SQLite: temp's triggers on tables elsewhere fire before it. (With four of
-- them or more its place depends on the address of the parser.)
create table t(a primary key,b);
create table log(x);
create temp trigger tr1 after insert on t begin
  insert into log values('temp '||new.a); update t set b=b+100 where a=new.a; end;
create trigger tr2 after insert on t begin insert into log values('main '||new.a); end;
create temp trigger tr3 before insert on t begin insert into log values('btemp '||new.a); end;
create trigger tr4 before insert on t begin insert into log values('bmain '||new.a); end;
create trigger tr5 after update on t begin insert into log values('u '||new.a); end;
create temp trigger tr7 after delete on t begin insert into log values('dt '||old.a); end;
create trigger tr8 after delete on t begin insert into log values('d '||old.a); end;
insert into t values(1,2) returning a,b,(select group_concat(x) from log);
insert into t values(2,2),(3,4) returning a,b,(select group_concat(x) from log);
insert into t values(2,2) on conflict do update set b=b+7 returning a,b,(select count(*) from log);
update t set b=b+1 returning a,b,(select count(*) from log), (select sum(b) from t);
delete from t returning a,b,(select count(*) from log),(select count(*) from t);
select * from log;
.new
-- A trigger that says RAISE(IGNORE) takes the row from RETURNING if it comes before it.
create table t(a);
create temp trigger tr1 after insert on t when new.a%2 begin select raise(ignore); end;
create trigger tr2 after insert on t when new.a%3=0 begin select raise(ignore); end;
insert into t values(1),(2),(3),(4),(5),(6) returning a;
select changes(), total_changes(), count(*) from t;
.new
-- Triggers of temp's own tables fire behind it.
create temp table t(a,b);
create table log(x);
create trigger temp.tr1 after insert on t begin insert into log values('1 '||new.a); end;
create trigger temp.tr2 after insert on t begin insert into log values('2 '||new.a); end;
insert into t values(1,2) returning (select group_concat(x) from log);
insert into t values(1,2) returning (select group_concat(x) from log);
.new
-- Five triggers of temp and more fire in an order of their names' hash.
create table t(a);
create table log(x);
create temp trigger c1 after insert on t begin insert into log values('c1'); end;
create temp trigger b2 after insert on t begin insert into log values('b2'); end;
create temp trigger a3 after insert on t begin insert into log values('a3'); end;
create temp trigger z4 after insert on t begin insert into log values('z4'); end;
insert into t values(1);
select group_concat(x) from log;
create temp trigger q5 after insert on t begin insert into log values('q5'); end;
insert into t values(1);
select group_concat(x) from log;
create temp trigger long_name7 after insert on t begin insert into log values('k7'); end;
create temp trigger long_name8 after insert on t begin insert into log values('k8'); end;
insert into t values(1);
select group_concat(x) from log;
drop trigger q5;
insert into t values(1);
select group_concat(x) from log;
