package dev.tursojdbc.driver;

import java.sql.DatabaseMetaData;

/**
 * The part of {@link DatabaseMetaData} about sizes and counts. 0 stands for no limit, or none that
 * is known.
 */
interface DialectLimits extends DatabaseMetaData {
  @Override
  default int getMaxBinaryLiteralLength() {
    return 0;
  }

  @Override
  default int getMaxCharLiteralLength() {
    return 0;
  }

  @Override
  default int getMaxColumnNameLength() {
    return 0;
  }

  @Override
  default int getMaxColumnsInGroupBy() {
    return 2000;
  }

  @Override
  default int getMaxColumnsInIndex() {
    return 2000;
  }

  @Override
  default int getMaxColumnsInOrderBy() {
    return 2000;
  }

  @Override
  default int getMaxColumnsInSelect() {
    return 2000;
  }

  @Override
  default int getMaxColumnsInTable() {
    return 2000;
  }

  @Override
  default int getMaxConnections() {
    return 0;
  }

  @Override
  default int getMaxCursorNameLength() {
    return 0;
  }

  @Override
  default int getMaxIndexLength() {
    return 0;
  }

  @Override
  default int getMaxSchemaNameLength() {
    return 0;
  }

  @Override
  default int getMaxProcedureNameLength() {
    return 0;
  }

  @Override
  default int getMaxCatalogNameLength() {
    return 0;
  }

  @Override
  default int getMaxRowSize() {
    return 0;
  }

  @Override
  default boolean doesMaxRowSizeIncludeBlobs() {
    return true;
  }

  @Override
  default int getMaxStatementLength() {
    return 1_000_000;
  }

  @Override
  default int getMaxStatements() {
    return 0;
  }

  @Override
  default int getMaxTableNameLength() {
    return 0;
  }

  @Override
  default int getMaxTablesInSelect() {
    return 64;
  }

  @Override
  default int getMaxUserNameLength() {
    return 0;
  }

  @Override
  default long getMaxLogicalLobSize() {
    return 0;
  }
}
