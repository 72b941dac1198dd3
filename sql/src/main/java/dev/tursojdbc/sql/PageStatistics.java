package dev.tursojdbc.sql;

import dev.tursojdbc.sql.function.PageStatistic;
import dev.tursojdbc.sql.schema.SchemaTable;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TreePageWalk;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of dbstat for one database: first sqlite_schema, then what that names, in its order. */
final class PageStatistics implements Iterator<PageStatistic> {
  private static final int NAME = 1;
  private static final int ROOT_PAGE = 3;

  private final PageSource pages;
  private final String schema;
  private final boolean aggregate;
  private final Iterator<Tree> trees;
  private @Nullable String name;
  private @Nullable TreePageWalk walk;

  /** A tree that sqlite_schema names. */
  private record Tree(@Nullable String name, long root) {}

  PageStatistics(PageSource pages, String schema, boolean aggregate) {
    this.pages = pages;
    this.schema = schema;
    this.aggregate = aggregate;
    this.trees = (pages.pageCount() == 0 ? List.<Tree>of() : trees(pages)).iterator();
  }

  private static List<Tree> trees(PageSource pages) {
    List<Tree> trees = new ArrayList<>();
    trees.add(new Tree("sqlite_schema", SchemaTable.ROOT_PAGE));
    int encoding = PageBytes.getInt(pages.page(1), DatabaseHeader.TEXT_ENCODING_OFFSET);
    RecordReader reader = new RecordReader(TextEncoding.ofCode(encoding & 3));
    TableCursor cursor = new TableCursor(pages, SchemaTable.ROOT_PAGE);
    Register value = new Register();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      byte[] record = cursor.payload();
      reader.attach(record, 0, record.length);
      long root = reader.read(ROOT_PAGE, value) == StorageClass.INTEGER ? value.integer : 0;
      if (root != 0) {
        boolean named = reader.read(NAME, value) == StorageClass.TEXT;
        trees.add(
            new Tree(
                named
                    ? new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8)
                    : null,
                root));
      }
    }
    return trees;
  }

  @Override
  public boolean hasNext() {
    TreePageWalk current = walk;
    return (current != null && current.hasNext()) || trees.hasNext();
  }

  @Override
  public PageStatistic next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    TreePageWalk current = walk;
    if (current == null || !current.hasNext()) {
      Tree tree = trees.next();
      name = tree.name();
      current = new TreePageWalk(pages, (int) tree.root());
      walk = current;
    }
    return aggregate ? total(current) : of(current.next());
  }

  private PageStatistic of(TreePageWalk.Page page) {
    return new PageStatistic(
        schema,
        name,
        page.path(),
        page.number(),
        1,
        page.kind().text(),
        page.cells(),
        page.payload(),
        page.unused(),
        page.largestPayload(),
        pages.pageSize());
  }

  private PageStatistic total(TreePageWalk tree) {
    int last = 0;
    long count = 0;
    long cells = 0;
    long payload = 0;
    long unused = 0;
    long largest = 0;
    while (tree.hasNext()) {
      TreePageWalk.Page page = tree.next();
      last = page.kind() == TreePageWalk.Kind.OVERFLOW ? last : page.number();
      count++;
      cells += page.cells();
      payload += page.payload();
      unused += page.unused();
      largest = Math.max(largest, page.largestPayload());
    }
    return new PageStatistic(
        schema,
        name,
        null,
        last,
        count,
        null,
        cells,
        payload,
        unused,
        largest,
        count * pages.pageSize());
  }
}
