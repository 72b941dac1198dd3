package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code dbstat(schema, aggregate)}: how the pages of all tables and indexes of a database are
 * filled, one row for each page or, if aggregate is true, one for each tree.
 */
final class DbStat implements TableFunction {
  /** Positions of the hidden columns, which are the arguments. */
  private static final int SCHEMA = 10;

  private static final int AGGREGATE = 11;
  private static final int TWENTY_FIVE_ROWS = 46;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", "TEXT", false),
          new Column("path", "TEXT", false),
          new Column("pageno", "INTEGER", false),
          new Column("pagetype", "TEXT", false),
          new Column("ncell", "INTEGER", false),
          new Column("payload", "INTEGER", false),
          new Column("unused", "INTEGER", false),
          new Column("mx_payload", "INTEGER", false),
          new Column("pgoffset", "INTEGER", false),
          new Column("pgsize", "INTEGER", false),
          new Column("schema", "TEXT", true),
          new Column("aggregate", "BOOLEAN", true));

  @Override
  public String name() {
    return "dbstat";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public boolean needsFirstArgument() {
    return false;
  }

  /** The column aggregate is 0 or 1, whatever truth the argument is. */
  @Override
  public boolean isTested(int argument) {
    return argument == 1;
  }

  @Override
  public Estimate estimate(int given) {
    return new Estimate(0, TWENTY_FIVE_ROWS, (given & 1) + (given & 2) * 2);
  }

  @Override
  public Rows rows() {
    return new PageRows();
  }

  private static final class PageRows implements Rows {
    private Iterator<PageStatistic> rows = Collections.emptyIterator();
    private PageStatistic row = PageStatistic.NONE;
    private String schema = "main";
    private boolean aggregate;

    @Override
    public void open(FunctionContext context, @Nullable Register[] arguments) {
      Register given = arguments[0];
      Register total = arguments[1];
      schema = "main";
      aggregate = total != null && !total.isNull() && NumericValue.toReal(total) != 0;
      if (given != null && given.isNull()) {
        rows = Collections.emptyIterator();
        return;
      }
      if (given != null) {
        Register text = Arguments.text(given);
        schema = new String(text.bytes, text.offset, text.length, StandardCharsets.UTF_8);
      }
      rows = context.pageStatistics(schema, aggregate);
    }

    @Override
    public boolean next() {
      boolean more = rows.hasNext();
      if (more) {
        row = rows.next();
      }
      return more;
    }

    @Override
    public void column(int column, Register result) {
      switch (column) {
        case SCHEMA -> setText(result, row.schema());
        case AGGREGATE -> result.setInteger(aggregate ? 1 : 0);
        case 0 -> setText(result, row.name());
        case 1 -> setText(result, row.path());
        case 2 -> result.setInteger(aggregate ? row.pages() : row.page());
        case 3 -> setText(result, row.kind());
        case 8 -> setOffset(result);
        default -> result.setInteger(number(column));
      }
    }

    private void setOffset(Register result) {
      if (aggregate) {
        result.setNull();
      } else {
        result.setInteger((row.page() - 1) * row.size());
      }
    }

    private long number(int column) {
      return switch (column) {
        case 4 -> row.cells();
        case 5 -> row.payload();
        case 6 -> row.unused();
        case 7 -> row.largestPayload();
        case 9 -> row.size();
        default -> throw new IllegalArgumentException("column " + column);
      };
    }

    private static void setText(Register result, @Nullable String text) {
      if (text == null) {
        result.setNull();
      } else {
        result.setText(text.getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public long rowid() {
      return row.page();
    }
  }
}
