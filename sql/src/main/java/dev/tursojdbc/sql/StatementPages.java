package dev.tursojdbc.sql;

import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.pager.Pager;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one database as a running query sees them: the state at its start, whatever this
 * connection changes meanwhile.
 *
 * <p>While nobody on the connection writes, that is what the pager shows anyway. Right before a
 * change happens while the query is running, its owner calls {@link #freeze()}, and the query goes
 * on over the frozen view; its cursors notice nothing. So a query that no change meets costs
 * nothing.
 */
final class StatementPages implements PageSource, AutoCloseable {
  private final Pager pager;
  private PageSource pages;
  private Pager.@Nullable PageView view;
  private long frozenAt;

  StatementPages(Pager pager) {
    this.pager = pager;
    this.pages = pager;
  }

  /** Keeps showing the present state from now on. */
  void freeze() {
    if (view == null) {
      frozenAt = pager.changeCount();
      Pager.PageView frozen = pager.freeze();
      view = frozen;
      pages = frozen;
    }
  }

  @Override
  public byte[] page(int pageNumber) {
    return pages.page(pageNumber);
  }

  /**
   * The pager's count, or that of the moment before the view was frozen: to a cursor that took its
   * path before, nothing has changed since.
   */
  @Override
  public long changeCount() {
    return view == null ? pager.changeCount() : frozenAt;
  }

  @Override
  public int pageSize() {
    return pages.pageSize();
  }

  @Override
  public int usableSize() {
    return pages.usableSize();
  }

  @Override
  public int pageCount() {
    return pages.pageCount();
  }

  /** Lets the frozen view go; the next run shows the pager's pages again. */
  @Override
  public void close() {
    Pager.PageView frozen = view;
    view = null;
    pages = pager;
    if (frozen != null) {
      frozen.close();
    }
  }
}
