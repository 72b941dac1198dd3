package dev.tursojdbc.driver;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;

/**
 * The part of {@link DatabaseMetaData} about transactions, results and keys: what this driver does
 * for each database.
 */
interface DialectTransactions extends DatabaseMetaData {
  @Override
  default boolean supportsMultipleResultSets() {
    return true;
  }

  @Override
  default boolean supportsMultipleTransactions() {
    return true;
  }

  @Override
  default boolean supportsPositionedDelete() {
    return false;
  }

  @Override
  default boolean supportsPositionedUpdate() {
    return false;
  }

  @Override
  default boolean supportsOpenCursorsAcrossCommit() {
    return true;
  }

  @Override
  default boolean supportsOpenCursorsAcrossRollback() {
    return false;
  }

  @Override
  default boolean supportsOpenStatementsAcrossCommit() {
    return true;
  }

  @Override
  default boolean supportsOpenStatementsAcrossRollback() {
    return true;
  }

  @Override
  default int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_SERIALIZABLE;
  }

  @Override
  default boolean supportsTransactions() {
    return true;
  }

  @Override
  default boolean supportsDataDefinitionAndDataManipulationTransactions() {
    return true;
  }

  @Override
  default boolean supportsDataManipulationTransactionsOnly() {
    return false;
  }

  @Override
  default boolean dataDefinitionCausesTransactionCommit() {
    return false;
  }

  @Override
  default boolean dataDefinitionIgnoredInTransactions() {
    return false;
  }

  @Override
  default boolean ownUpdatesAreVisible(int p0) {
    return false;
  }

  @Override
  default boolean ownDeletesAreVisible(int p0) {
    return false;
  }

  @Override
  default boolean ownInsertsAreVisible(int p0) {
    return false;
  }

  @Override
  default boolean othersUpdatesAreVisible(int p0) {
    return false;
  }

  @Override
  default boolean othersDeletesAreVisible(int p0) {
    return false;
  }

  @Override
  default boolean othersInsertsAreVisible(int p0) {
    return false;
  }

  @Override
  default boolean updatesAreDetected(int p0) {
    return false;
  }

  @Override
  default boolean deletesAreDetected(int p0) {
    return false;
  }

  @Override
  default boolean insertsAreDetected(int p0) {
    return false;
  }

  @Override
  default boolean supportsBatchUpdates() {
    return true;
  }

  @Override
  default boolean supportsSavepoints() {
    return true;
  }

  @Override
  default boolean supportsMultipleOpenResults() {
    return false;
  }

  @Override
  default boolean supportsGetGeneratedKeys() {
    return true;
  }

  @Override
  default int getResultSetHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  default boolean locatorsUpdateCopy() {
    return true;
  }

  @Override
  default boolean supportsStatementPooling() {
    return true;
  }

  @Override
  default RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }

  @Override
  default boolean autoCommitFailureClosesAllResultSets() {
    return false;
  }

  @Override
  default boolean generatedKeyAlwaysReturned() {
    return true;
  }
}
