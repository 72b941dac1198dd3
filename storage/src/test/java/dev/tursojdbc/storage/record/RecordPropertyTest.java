package dev.tursojdbc.storage.record;

import static dev.tursojdbc.storage.record.RecordTest.register;
import static dev.tursojdbc.storage.record.RecordTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordPropertyTest {
  private static final List<Object> EDGES =
      Arrays.asList(
          null,
          0L,
          1L,
          -1L,
          127L,
          128L,
          -129L,
          1L << 23,
          1L << 31,
          1L << 47,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          (1L << 53) + 1,
          0x1p53,
          0.0,
          -0.5,
          1e300,
          0x1p63,
          -0x1p63,
          Double.NEGATIVE_INFINITY,
          "",
          "a",
          "A",
          "a ",
          "abcdefgh",
          "abcdefghi",
          "abcdefgz",
          "é",
          "\uD83D\uDE00",
          "\uFF5E",
          new byte[0],
          new byte[] {-1},
          new byte[] {1, 2});

  @Provide
  Arbitrary<List<Object>> rows() {
    return Arbitraries.integers()
        .between(0, EDGES.size() - 1)
        .map(EDGES::get)
        .injectNull(0.01)
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 500)
  void decodingUndoesEncoding(@ForAll("rows") List<Object> values) {
    for (TextEncoding encoding : List.of(TextEncoding.UTF8, TextEncoding.UTF16LE)) {
      Register[] row = row(values.toArray());
      RecordEncoder encoder = new RecordEncoder(encoding);
      encoder.encode(row, row.length);
      RecordReader reader = new RecordReader(encoding);

      reader.attach(encoder.buffer(), 0, encoder.size());

      assertThat(reader.columnCount()).isEqualTo(row.length);
      for (int i = 0; i < row.length; i++) {
        Register value = new Register();
        assertThat(reader.read(i, value)).isEqualTo(row[i].type);
        assertThat(ValueOrder.compare(value, row[i], Collation.BINARY)).isZero();
      }
    }
  }

  @Property(tries = 500)
  void aKeyComparesWithARecordAsItsValuesDo(
      @ForAll("rows") List<Object> left, @ForAll("rows") List<Object> right, @ForAll long seed) {
    Random random = new Random(seed);
    for (TextEncoding encoding : List.of(TextEncoding.UTF8, TextEncoding.UTF16BE)) {
      KeyOrder order =
          new KeyOrder(
              List.of(
                  new KeyOrder.Column(Collation.BINARY, random.nextBoolean(), false),
                  new KeyOrder.Column(Collation.NOCASE, random.nextBoolean(), random.nextBoolean()),
                  new KeyOrder.Column(Collation.RTRIM, false, random.nextBoolean())),
              encoding);
      Register[] key = row(left.toArray());
      Register[] other = row(right.toArray());
      RecordEncoder encoder = new RecordEncoder(encoding);
      encoder.encode(other, other.length);
      int common = Math.min(3, Math.min(key.length, other.length));

      int direct = order.compare(key, common, encoder.buffer(), 0, encoder.size());

      assertThat(Integer.signum(direct))
          .isEqualTo(Integer.signum(order.compare(key, other, common)));
      byte[] record = encoder.toByteArray();
      encoder.encode(key, key.length);
      byte[] keyRecord = encoder.toByteArray();
      int ofRecords =
          order.compare(keyRecord, 0, keyRecord.length, record, 0, record.length, common);
      assertThat(Integer.signum(ofRecords)).isEqualTo(Integer.signum(direct));
    }
  }

  @Property(tries = 2000)
  void whateverTheBytesAreTheyAreReadOrReported(@ForAll byte[] bytes) {
    RecordReader reader = new RecordReader(TextEncoding.UTF8);
    Register value = new Register();
    Register[] key = row(5L, "text", 2.5);
    try {
      reader.attach(bytes, 0, bytes.length);
      for (int i = 0; i < 5; i++) {
        reader.read(i, value);
      }
    } catch (CorruptDatabaseException expected) {
      assertThat(expected.finding()).isNotEmpty();
    }
    try {
      new KeyOrder(List.of(), TextEncoding.UTF8).compare(key, 3, bytes, 0, bytes.length);
    } catch (CorruptDatabaseException expected) {
      assertThat(expected.finding()).isNotEmpty();
    }
  }

  @Property
  void varintsReadAsTheyWereWritten(@ForAll long value) {
    for (int shift = 0; shift < 64; shift++) {
      byte[] bytes = new byte[12];
      int length = Varint.write(bytes, 2, value >>> shift);
      assertThat(length).isEqualTo(Varint.length(value >>> shift));
      assertThat(Varint.read(bytes, 2)).isEqualTo(value >>> shift);
      assertThat(Varint.length(bytes, 2)).isEqualTo(length);
      assertThat(Varint.length(bytes, 2, 2 + length)).isEqualTo(length);
      assertThat(Varint.length(bytes, 2, 1 + length)).isZero();
    }
  }

  @Property
  void integersCompareWithRealsWithoutRounding(@ForAll long integer, @ForAll double real) {
    int order = ValueOrder.compare(integer, real);

    int exact = new BigDecimal(integer).compareTo(new BigDecimal(real));
    assertThat(Integer.signum(order)).isEqualTo(exact);
    int near = ValueOrder.compare(integer, (double) integer);
    int exactNear = new BigDecimal(integer).compareTo(new BigDecimal((double) integer));
    assertThat(Integer.signum(near)).isEqualTo(exactNear);
    assertThat(register(integer).integer).isEqualTo(integer);
  }
}
