package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.FunctionContext;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.page.PageSource;

/** What a running statement needs of its connection. */
public interface ExecutionContext {

  /**
   * The pages that statements read now, the connection's own changes included.
   *
   * @param database 0 main, 1 temp, then those attached
   */
  PageSource pages(int database);

  /** What functions ask; its collation is not looked at. */
  FunctionContext functions();

  /**
   * Asked once in a while, at least once for each leaf of a scan.
   *
   * @throws dev.tursojdbc.storage.error.TursoException INTERRUPT if the statement shall end
   */
  void checkInterrupted();

  /** Where operators put rows that exceed the memory budget. */
  FileSystem temporaryFiles();

  /** Bytes that the operators of one statement may keep in memory together. */
  long memoryBudget();
}
