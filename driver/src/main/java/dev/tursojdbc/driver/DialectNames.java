package dev.tursojdbc.driver;

import java.sql.DatabaseMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link DatabaseMetaData} about names: of the product, of tables and columns, and of
 * what may stand before them.
 */
interface DialectNames extends DatabaseMetaData {
  @Override
  default @Nullable String getUserName() {
    return null;
  }

  @Override
  default String getDatabaseProductName() {
    return "SQLite";
  }

  @Override
  default String getDriverName() {
    return "turso-jdbc";
  }

  @Override
  default String getDriverVersion() {
    return TursoDriver.VERSION;
  }

  @Override
  default int getDriverMajorVersion() {
    return TursoDriver.MAJOR_VERSION;
  }

  @Override
  default int getDriverMinorVersion() {
    return TursoDriver.MINOR_VERSION;
  }

  @Override
  default boolean usesLocalFiles() {
    return true;
  }

  @Override
  default boolean usesLocalFilePerTable() {
    return false;
  }

  @Override
  default boolean supportsMixedCaseIdentifiers() {
    return false;
  }

  @Override
  default boolean storesUpperCaseIdentifiers() {
    return false;
  }

  @Override
  default boolean storesLowerCaseIdentifiers() {
    return false;
  }

  @Override
  default boolean storesMixedCaseIdentifiers() {
    return true;
  }

  @Override
  default boolean supportsMixedCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  default boolean storesUpperCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  default boolean storesLowerCaseQuotedIdentifiers() {
    return false;
  }

  @Override
  default boolean storesMixedCaseQuotedIdentifiers() {
    return true;
  }

  @Override
  default String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  default String getSQLKeywords() {
    return "ABORT,AFTER,ANALYZE,ATTACH,AUTOINCREMENT,BEFORE,CONFLICT,DATABASE,DEFERRED,DETACH,EXCLUSIVE,EXPLAIN,FAIL,GLOB,IGNORE,INDEX,INDEXED,INSTEAD,ISNULL,LIMIT,NOTNULL,OFFSET,PLAN,PRAGMA,QUERY,RAISE,REGEXP,REINDEX,RENAME,REPLACE,TEMP,VACUUM,VIEW,VIRTUAL,WITHOUT";
  }

  @Override
  default String getNumericFunctions() {
    return EscapedFunction.names(EscapedFunction.Family.NUMERIC);
  }

  @Override
  default String getStringFunctions() {
    return EscapedFunction.names(EscapedFunction.Family.STRING);
  }

  @Override
  default String getSystemFunctions() {
    return EscapedFunction.names(EscapedFunction.Family.SYSTEM);
  }

  @Override
  default String getTimeDateFunctions() {
    return EscapedFunction.names(EscapedFunction.Family.TIME);
  }

  @Override
  default String getSearchStringEscape() {
    return "\\";
  }

  @Override
  default String getExtraNameCharacters() {
    return "$";
  }

  @Override
  default String getSchemaTerm() {
    return "schema";
  }

  @Override
  default String getProcedureTerm() {
    return "procedure";
  }

  @Override
  default String getCatalogTerm() {
    return "catalog";
  }

  @Override
  default boolean isCatalogAtStart() {
    return true;
  }

  @Override
  default String getCatalogSeparator() {
    return ".";
  }

  @Override
  default boolean supportsSchemasInDataManipulation() {
    return false;
  }

  @Override
  default boolean supportsSchemasInProcedureCalls() {
    return false;
  }

  @Override
  default boolean supportsSchemasInTableDefinitions() {
    return false;
  }

  @Override
  default boolean supportsSchemasInIndexDefinitions() {
    return false;
  }

  @Override
  default boolean supportsSchemasInPrivilegeDefinitions() {
    return false;
  }

  @Override
  default boolean supportsCatalogsInDataManipulation() {
    return false;
  }

  @Override
  default boolean supportsCatalogsInProcedureCalls() {
    return false;
  }

  @Override
  default boolean supportsCatalogsInTableDefinitions() {
    return false;
  }

  @Override
  default boolean supportsCatalogsInIndexDefinitions() {
    return false;
  }

  @Override
  default boolean supportsCatalogsInPrivilegeDefinitions() {
    return false;
  }

  @Override
  default int getJDBCMajorVersion() {
    return 4;
  }

  @Override
  default int getJDBCMinorVersion() {
    return 3;
  }

  @Override
  default int getSQLStateType() {
    return sqlStateSQL;
  }
}
