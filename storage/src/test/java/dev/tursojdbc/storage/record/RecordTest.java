package dev.tursojdbc.storage.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTest {
  private static final HexFormat HEX = HexFormat.of();

  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);

  @Test
  void smallIntegersTakeNoBody() {
    encoder.encode(row(0L, 1L, 2L, null, "a"), 5);

    assertThat(HEX.formatHex(encoder.toByteArray())).isEqualTo("0608090100" + "0f" + "0261");
  }

  @Test
  void schemaFormatOneGivesSmallIntegersABody() {
    RecordEncoder old = new RecordEncoder(TextEncoding.UTF8, 1);

    old.encode(row(0L, 1L), 2);

    assertThat(HEX.formatHex(old.toByteArray())).isEqualTo("0301010001");
  }

  @Test
  void integersTakeTheSmallestTypeOnBothSidesOfEachLimit() {
    long[] limits = {0x7F, 0x7FFF, 0x7F_FFFF, 0x7FFF_FFFF, 0x7FFF_FFFF_FFFFL};

    for (int i = 0; i < limits.length; i++) {
      assertThat(SerialType.ofInteger(limits[i])).isEqualTo(i + 1);
      assertThat(SerialType.ofInteger(-limits[i] - 1)).isEqualTo(i + 1);
      assertThat(SerialType.ofInteger(limits[i] + 1)).isEqualTo(i + 2);
      assertThat(SerialType.ofInteger(-limits[i] - 2)).isEqualTo(i + 2);
    }
  }

  @Test
  void wholeNumbersOfARealColumnAreStoredAsShortIntegers() {
    boolean[] real = {true, true, true, false};

    encoder.encode(row(5.0, 1L << 50, 2.5, 5.0), 4, real);

    reader.attach(encoder.buffer(), 0, encoder.size());
    assertThat(reader.serialType(0)).isEqualTo(SerialType.INT8);
    assertThat(reader.serialType(1)).isEqualTo(SerialType.REAL);
    assertThat(reader.serialType(2)).isEqualTo(SerialType.REAL);
    assertThat(reader.serialType(3)).isEqualTo(SerialType.REAL);
    Register value = new Register();
    reader.read(1, value);
    assertThat(value.real).isEqualTo(0x1p50);
  }

  @Test
  void columnsBehindTheRecordAreAbsentAndLeaveTheTargetAlone() {
    encoder.encode(row(7L), 1);
    reader.attach(encoder.buffer(), 0, encoder.size());
    Register target = new Register();
    target.setInteger(42);

    assertThat(reader.read(1, target)).isEqualTo(RecordReader.ABSENT);
    assertThat(target.integer).isEqualTo(42);
    assertThat(reader.read(0, target)).isEqualTo(StorageClass.INTEGER);
    assertThat(reader.columnCount()).isEqualTo(1);
  }

  @Test
  void manyColumnsNeedATwoByteHeaderSize() {
    Register[] values = new Register[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Register();
      values[i].setInteger(i);
    }

    encoder.encode(values, values.length);

    reader.attach(encoder.buffer(), 0, encoder.size());
    assertThat(reader.columnCount()).isEqualTo(200);
    Register value = new Register();
    reader.read(199, value);
    assertThat(value.integer).isEqualTo(199);
  }

  @Test
  void partOfARecordSaysHowMuchAColumnNeeds() {
    encoder.encode(row(300L, "x".repeat(100), 5L), 3);
    byte[] record = encoder.toByteArray();

    reader.attach(record, 0, 20, record.length, 3);

    assertThat(reader.requiredLength(0)).isEqualTo(7);
    assertThat(reader.requiredLength(1)).isEqualTo(107);
    assertThat(reader.serialType(1)).isEqualTo(SerialType.ofText(100));
    assertThat(reader.read(0, new Register())).isEqualTo(StorageClass.INTEGER);
    assertThatThrownBy(() -> reader.read(1, new Register()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void malformedRecordsAreReportedNotRead() {
    for (String hex :
        List.of("05", "0301ff", "02ff", "0310", "ffffffffffffffffff", "0280", "020800")) {
      byte[] record = HEX.parseHex(hex);

      assertThatThrownBy(
              () -> {
                reader.attach(record, 0, record.length);
                reader.columnCount();
              })
          .as(hex)
          .isInstanceOf(CorruptDatabaseException.class);
    }
  }

  @Test
  void aHeaderOfNoBytesHasNoValuesWhateverFollows() {
    reader.attach(HEX.parseHex("000102"), 0, 3);

    assertThat(reader.read(0, new Register())).isEqualTo(RecordReader.ABSENT);
    assertThat(reader.read(7, new Register())).isEqualTo(RecordReader.ABSENT);
  }

  @Test
  void aHeaderWithoutValuesIsMalformedForWhoAsksForOne() {
    reader.attach(HEX.parseHex("01"), 0, 1);

    assertThat(reader.columnCount()).isZero();
    assertThatThrownBy(() -> reader.read(0, new Register()))
        .isInstanceOf(CorruptDatabaseException.class);
  }

  @Test
  void utf16TextIsTranscodedBothWays() {
    for (TextEncoding encoding : List.of(TextEncoding.UTF16LE, TextEncoding.UTF16BE)) {
      RecordEncoder wide = new RecordEncoder(encoding);
      wide.encode(row("aß€\uD83D\uDE00"), 1);
      RecordReader wideReader = new RecordReader(encoding);

      wideReader.attach(wide.buffer(), 0, wide.size());

      assertThat(wideReader.serialType(0)).isEqualTo(SerialType.ofText(10));
      Register value = new Register();
      wideReader.read(0, value);
      assertThat(text(value)).isEqualTo("aß€\uD83D\uDE00");
    }
  }

  static String text(Register value) {
    return new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
  }

  static Register[] row(Object... values) {
    Register[] row = new Register[values.length];
    for (int i = 0; i < values.length; i++) {
      row[i] = register(values[i]);
    }
    return row;
  }

  static Register register(Object value) {
    Register register = new Register();
    if (value instanceof Long number) {
      register.setInteger(number);
    } else if (value instanceof Double number) {
      register.setReal(number);
    } else if (value instanceof String text) {
      register.setText(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] blob) {
      register.setBlob(blob);
    }
    return register;
  }
}
