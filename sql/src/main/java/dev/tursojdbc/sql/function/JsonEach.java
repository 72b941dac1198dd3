package dev.tursojdbc.sql.function;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code json_each(json, root)} and {@code json_tree(json, root)}: the elements of an array or the
 * members of an object, and of all that is nested in it.
 */
final class JsonEach implements TableFunction {
  static final int KEY = 0;
  static final int VALUE = 1;
  static final int TYPE = 2;
  static final int ATOM = 3;
  static final int ID = 4;
  static final int PARENT = 5;
  static final int FULLKEY = 6;
  static final int PATH = 7;
  static final int JSON = 8;
  static final int ROOT = 9;

  private static final List<Column> COLUMNS = columnList();

  /** What keeps the planner from running it before it has JSON. */
  private static final int PROHIBITIVE = 3280;

  private static final int TWENTY_FIVE_ROWS = 46;

  private final String name;
  private final boolean recursive;
  private final boolean binary;

  JsonEach(String name, boolean recursive, boolean binary) {
    this.name = name;
    this.recursive = recursive;
    this.binary = binary;
  }

  private static List<Column> columnList() {
    List<Column> columns = new ArrayList<>();
    for (String column :
        List.of("key", "value", "type", "atom", "id", "parent", "fullkey", "path")) {
      columns.add(new Column(column, null, false));
    }
    columns.add(new Column("json", "", true));
    columns.add(new Column("root", "", true));
    return List.copyOf(columns);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public Estimate estimate(int given) {
    boolean hasJson = (given & 1) != 0;
    return new Estimate(hasJson ? 0 : PROHIBITIVE, TWENTY_FIVE_ROWS, hasJson ? given : 0);
  }

  @Override
  public Rows rows() {
    return new JsonEachRows(recursive, binary);
  }
}
