package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.KeySample;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaFormat;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.pager.Pager;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables that ANALYZE writes.
 *
 * <pre>
 *   sqlite_stat1  tbl, idx, stat                     idx is NULL for the table itself
 *   sqlite_stat4  tbl, idx, neq, nlt, ndlt, sample   the sample is a record of the index's columns
 * </pre>
 *
 * <p>A table sqlite_stat3, from older versions, is emptied but never filled.
 */
final class StatisticsTables {
  private static final String NUMBERS = "sqlite_stat1";
  private static final String SAMPLES = "sqlite_stat4";
  private static final String OLD_SAMPLES = "sqlite_stat3";

  private final Pager pager;
  private final Schema schema;
  private final TableTree numbers;
  private final TableTree samples;
  private final RecordEncoder encoder;
  private final RecordReader reader;

  private StatisticsTables(Pager pager, Schema schema, TableTree numbers, TableTree samples) {
    this.pager = pager;
    this.schema = schema;
    this.numbers = numbers;
    this.samples = samples;
    int format = pager.headerValue(DatabaseHeader.SCHEMA_FORMAT_OFFSET);
    this.encoder = new RecordEncoder(schema.encoding(), format);
    this.reader = new RecordReader(schema.encoding());
  }

  /** The tables of a database; those that are missing are made. */
  static StatisticsTables open(SessionDatabase database) {
    Pager pager = database.pager();
    Schema schema = database.schema();
    int numbers = root(pager, schema, NUMBERS, "tbl,idx,stat");
    int samples = root(pager, schema, SAMPLES, "tbl,idx,neq,nlt,ndlt,sample");
    if (schema.table(NUMBERS) == null || schema.table(SAMPLES) == null) {
      database.bumpCookie();
    }
    return new StatisticsTables(
        pager, schema, new TableTree(pager, numbers), new TableTree(pager, samples));
  }

  private static int root(Pager pager, Schema schema, String name, String columns) {
    Table table = schema.table(name);
    if (table == null) {
      SchemaFormat.settle(pager, schema.encoding());
      SchemaWriter writer = new SchemaWriter(pager, schema.encoding());
      int root = writer.createTableTree();
      String sql = "CREATE TABLE " + name + "(" + columns + ")";
      writer.insert(new SchemaRow("table", name, name, root, sql));
      return root;
    }
    if (!table.hasRowid()) {
      throw new TursoException(ErrorCode.CORRUPT, "table " + name + " has no rowids");
    }
    return table.rootPage();
  }

  private List<Integer> roots() {
    List<Integer> roots = new ArrayList<>(List.of(numbers.root(), samples.root()));
    Table old = schema.table(OLD_SAMPLES);
    if (old != null && old.hasRowid()) {
      roots.add(old.rootPage());
    }
    return roots;
  }

  void clear() {
    roots().forEach(root -> new TreeRoots(pager).clear(root));
  }

  void forgetTable(String table) {
    forget(0, table);
  }

  void forgetIndex(String index) {
    forget(1, index);
  }

  private void forget(int column, String name) {
    roots().forEach(root -> new NamedRows(pager, root, schema.encoding()).delete(column, name));
  }

  void addNumbers(String table, @Nullable String index, String text) {
    Register[] values = registers(3);
    setText(values[0], table);
    if (index == null) {
      values[1].setNull();
    } else {
      setText(values[1], index);
    }
    setText(values[2], text);
    append(numbers, values);
  }

  /**
   * @param reals which columns of the index hold reals, as which the sample has what is stored as
   *     integers
   */
  void addSample(String table, String index, KeySample sample, boolean[] reals) {
    Register[] values = registers(6);
    setText(values[0], table);
    setText(values[1], index);
    setText(values[2], sample.equalText());
    setText(values[3], sample.lessText());
    setText(values[4], sample.distinctLessText());
    byte[] record = record(sample.entry(), reals);
    values[5].setBlob(record, 0, record.length);
    append(samples, values);
  }

  private byte[] record(byte[] entry, boolean[] reals) {
    Register[] values = registers(reals.length);
    reader.attach(entry, 0, entry.length);
    for (int i = 0; i < values.length; i++) {
      if (reader.read(i, values[i]) == RecordReader.ABSENT) {
        values[i].setNull();
      } else if (reals[i] && values[i].type == StorageClass.INTEGER) {
        values[i].setReal((double) values[i].integer);
      }
    }
    encoder.encode(values, values.length);
    return encoder.toByteArray();
  }

  private void append(TableTree tree, Register[] values) {
    encoder.encode(values, values.length);
    tree.put(tree.newRowid(), encoder.buffer(), encoder.size());
  }

  private static void setText(Register register, String text) {
    register.setText(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Register[] registers(int count) {
    Register[] registers = new Register[count];
    for (int i = 0; i < count; i++) {
      registers[i] = new Register();
    }
    return registers;
  }
}
