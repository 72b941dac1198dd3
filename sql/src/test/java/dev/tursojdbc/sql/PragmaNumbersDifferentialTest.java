package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** Numbers that pragmas take, and what changes with the place of temporary tables. */
class PragmaNumbersDifferentialTest {
  @Test
  void numbersAreWholeOrIgnored() {
    compare(
        """
        PRAGMA threads=3
        PRAGMA threads=3.0
        PRAGMA threads=-1
        PRAGMA threads=99999999999
        PRAGMA threads=9
        PRAGMA soft_heap_limit=10000
        PRAGMA soft_heap_limit=-1
        PRAGMA soft_heap_limit='1x'
        PRAGMA analysis_limit=10
        PRAGMA analysis_limit=10.5
        PRAGMA analysis_limit=-5
        PRAGMA analysis_limit=99999999999
        PRAGMA analysis_limit=0
        PRAGMA locking_mode
        PRAGMA main.locking_mode
        PRAGMA locking_mode=normal
        PRAGMA locking_mode
        PRAGMA main.locking_mode
        PRAGMA locking_mode=exclusive
        PRAGMA locking_mode
        PRAGMA main.locking_mode
        PRAGMA temp.locking_mode
        PRAGMA main.locking_mode=normal
        PRAGMA locking_mode
        PRAGMA main.locking_mode
        PRAGMA locking_mode=xx
        PRAGMA temp.cache_spill
        PRAGMA temp_store=1
        create temp table x(a)
        insert into x values(3)
        PRAGMA temp_store=1
        select * from x
        PRAGMA temp_store='2'
        select * from x
        PRAGMA temp_store
        create temp table x(a)
        PRAGMA temp_store='1x'
        PRAGMA temp_store
        select * from x
        create temp table x(a)
        begin
        PRAGMA temp_store='file'
        PRAGMA temp_store='memory'
        select * from x
        commit
        select * from x
        create table main1(a)
        create temp view vv as select * from main1
        create temp trigger tt after insert on main1 begin select 1; end
        PRAGMA temp_store=0
        select * from vv
        insert into main1 values(3)
        begin
        PRAGMA temp_store=1
        PRAGMA temp_store
        rollback
        SELECT 1 ORDER BY -+-1
        SELECT 1 ORDER BY -(-2)
        SELECT 1 UNION SELECT 2 ORDER BY - -1
        SELECT 1 ORDER BY -1
        PRAGMA journal_size_limit=-5
        PRAGMA journal_size_limit='12x'
        PRAGMA journal_size_limit=12.5
        PRAGMA busy_timeout=10.5
        PRAGMA cache_size='10x'
        PRAGMA cache_size
        PRAGMA mmap_size=5.5
        PRAGMA secure_delete=fast
        PRAGMA main.cache_spill
        PRAGMA cache_spill
        PRAGMA cache_spill=0
        PRAGMA cache_spill
        PRAGMA cache_spill=on
        PRAGMA cache_spill
        PRAGMA cache_spill=5000
        PRAGMA cache_spill
        PRAGMA cache_size=10000
        PRAGMA cache_spill
        PRAGMA cache_size=100
        PRAGMA cache_spill
        PRAGMA cache_spill=50
        PRAGMA cache_spill
        PRAGMA cache_spill=-1000
        PRAGMA cache_spill
        """);
  }
}
