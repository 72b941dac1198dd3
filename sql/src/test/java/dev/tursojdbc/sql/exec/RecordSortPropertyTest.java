package dev.tursojdbc.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sorting by prefixes is sorting by the values, equal ones in the order in which they came. */
class RecordSortPropertyTest {

  @Property(tries = 400)
  void prefixesSortAsValuesDo(
      @ForAll("values") List<Object> values,
      @ForAll("collations") Collation collation,
      @ForAll boolean descending,
      @ForAll boolean nullsLarge) {
    KeyOrder.Column column = new KeyOrder.Column(collation, descending, nullsLarge);
    KeyOrder order = new KeyOrder(List.of(column), TextEncoding.UTF8);
    byte[][] records = new byte[values.size()][];
    for (int i = 0; i < records.length; i++) {
      records[i] = record(values.get(i), i);
    }
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      expected.add(i);
    }
    expected.sort((a, b) -> compare(order, records[a], records[b]));

    int[] sorted =
        RecordMergeSort.sort(
            records, records.length, new KeyPrefix(column), 1, (a, b) -> compare(order, a, b));

    assertThat(sorted).containsExactly(expected.stream().mapToInt(i -> i).toArray());
  }

  private static int compare(KeyOrder order, byte[] left, byte[] right) {
    RecordReader reader = new RecordReader(TextEncoding.UTF8);
    reader.attach(left, 0, left.length);
    Register[] key = {new Register()};
    reader.read(0, key[0]);
    return order.compare(key, 1, right, 0, right.length);
  }

  private static byte[] record(Object value, int number) {
    Register[] row = {new Register(), new Register()};
    if (value instanceof Long integer) {
      row[0].setInteger(integer);
    } else if (value instanceof Double real) {
      row[0].setReal(real);
    } else if (value instanceof String text) {
      row[0].setText(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] blob) {
      row[0].setBlob(blob);
    }
    row[1].setInteger(number);
    RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
    encoder.encode(row, 2);
    return encoder.toByteArray();
  }

  @Provide
  Arbitrary<Collation> collations() {
    return Arbitraries.of(Collation.BINARY, Collation.NOCASE, Collation.RTRIM);
  }

  @Provide
  Arbitrary<List<Object>> values() {
    Arbitrary<Object> integers =
        Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.longs().between(-5, 5),
            Arbitraries.longs().between((1L << 53) - 4, (1L << 53) + 4),
            Arbitraries.longs().between((1L << 51) - 4, (1L << 51) + 4));
    Arbitrary<Object> reals =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(d -> d),
            Arbitraries.of(0.0, -0.0, 1.0, -1.0, 0x1p53, 1e300, -1e300, Double.MIN_VALUE),
            Arbitraries.longs().between(-5, 5).map(i -> i + 0.5));
    Arbitrary<Object> texts =
        Arbitraries.strings().withChars('a', 'B', 'b', ' ', '\0', 'é').ofMaxLength(12).map(s -> s);
    Arbitrary<Object> likeTexts = texts.map(t -> "common beginning" + t);
    Arbitrary<Object> blobs = Arbitraries.bytes().array(byte[].class).ofMaxSize(10).map(b -> b);
    Arbitrary<Object> nulls = Arbitraries.just(new Object());
    return Arbitraries.of(0, 1, 2, 3, 4)
        .flatMap(
            kind ->
                switch (kind) {
                  case 0 -> list(Arbitraries.oneOf(integers, nulls));
                  case 1 -> list(Arbitraries.oneOf(integers, reals));
                  case 2 -> list(Arbitraries.oneOf(texts, nulls));
                  case 3 -> list(likeTexts);
                  default ->
                      list(Arbitraries.oneOf(integers, reals, texts, likeTexts, blobs, nulls));
                });
  }

  private static Arbitrary<List<Object>> list(Arbitrary<Object> values) {
    return values.list().ofMaxSize(60);
  }
}
