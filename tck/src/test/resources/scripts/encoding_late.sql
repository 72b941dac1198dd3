-- The encoding can be chosen as long as nothing was created, be there a page or not.
.file
PRAGMA user_version=5;
PRAGMA encoding='UTF-16le';
PRAGMA encoding;
CREATE TABLE t(a);
PRAGMA encoding;
PRAGMA user_version;
.reopen
PRAGMA encoding;
.new
PRAGMA user_version=5;
PRAGMA encoding='UTF-16le';
PRAGMA encoding;
CREATE TABLE t(a);
PRAGMA encoding;
.file
PRAGMA application_id=5;
PRAGMA encoding='UTF-16le';
PRAGMA encoding;
.reopen
PRAGMA encoding='UTF-16le';
PRAGMA encoding;
CREATE TABLE t(a);
PRAGMA encoding;
.file
CREATE TABLE t(a);
DROP TABLE t;
PRAGMA encoding='UTF-16le';
PRAGMA encoding;
.reopen
PRAGMA encoding='UTF-16le';
PRAGMA encoding;
CREATE TABLE u(a);
PRAGMA encoding;
