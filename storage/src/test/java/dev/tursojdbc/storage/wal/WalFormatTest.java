package dev.tursojdbc.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes of header and frames. The checksums were computed by a routine that also accepts a log
 * written by SQLite 3.40.1.
 */
class WalFormatTest {
  private static final int PAGE_SIZE = 512;
  private static final String LITTLE_HEADER =
      "377f0682 002de218 00000200 00000007 11223344 55667788 1ffe2524 674f631e";
  private static final String BIG_HEADER =
      "377f0683 002de218 00000200 00000007 11223344 55667788 2726fe22 23664f6a";

  @Test
  void aNewHeaderHasSqlitesBytes() {
    WalHeader header = WalHeader.create(PAGE_SIZE, 7, 0x1122334455667788L);

    assertThat(header.encode()).isEqualTo(bytes(LITTLE_HEADER));
  }

  @ParameterizedTest
  @ValueSource(strings = {LITTLE_HEADER, BIG_HEADER})
  void decodingUndoesEncodingInBothByteOrders(String hex) {
    WalHeader header = WalHeader.decode(bytes(hex));

    assertThat(header).isNotNull();
    assertThat(header.encode()).isEqualTo(bytes(hex));
    assertThat(header.pageSize()).isEqualTo(PAGE_SIZE);
    assertThat(header.sequence()).isEqualTo(7);
    assertThat(header.salts()).isEqualTo(0x1122334455667788L);
    assertThat(header.bigEndianChecksum()).isEqualTo(hex.equals(BIG_HEADER));
  }

  @Test
  void aHeaderWithAnyBitFlippedIsNone() {
    for (int bit = 0; bit < 8 * WalHeader.SIZE; bit++) {
      byte[] bytes = bytes(LITTLE_HEADER);
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));

      assertThat(WalHeader.decode(bytes)).as("bit %d", bit).isNull();
    }
  }

  @Test
  void aWholeHeaderOfAnUnknownFormatIsNotTakenForAnEmptyLog() {
    byte[] bytes = bytes(LITTLE_HEADER);
    bytes[7]++;
    long checksum = WalChecksum.update(0, bytes, 0, 24, false);
    for (int i = 0; i < 8; i++) {
      bytes[24 + i] = (byte) (checksum >>> (8 * (7 - i)));
    }

    assertThatThrownBy(() -> WalHeader.decode(bytes))
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANTOPEN));
  }

  @Test
  void thePageSize65536IsStoredAsSuch() {
    WalHeader header = WalHeader.create(65536, 0, 1);

    assertThat(HexFormat.of().formatHex(header.encode(), 8, 12)).isEqualTo("00010000");
    assertThat(WalHeader.decode(header.encode())).isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource({
    "false, 1ffe2524674f631e, 678c41f28d1fa4a6, 6a3471ee187f3bb4",
    "true,  2726fe2223664f6a, b307570c8409047f, c02b603576a2d819"
  })
  void framesHaveSqlitesBytes(boolean bigEndian, String seed, String first, String second) {
    byte[] image = new byte[PAGE_SIZE];
    for (int i = 0; i < PAGE_SIZE; i++) {
      image[i] = (byte) i;
    }
    byte[] headers = new byte[2 * WalFrame.HEADER_SIZE];
    long salts = 0x1122334455667788L;

    long checksum =
        WalFrame.encodeHeader(
            headers, 0, 1, 1, salts, HexFormat.fromHexDigitsToLong(seed), bigEndian, image, 512);
    WalFrame.encodeHeader(
        headers, 24, 2, 0, salts, checksum, bigEndian, new byte[PAGE_SIZE], PAGE_SIZE);

    assertThat(HexFormat.of().formatHex(headers))
        .isEqualTo(
            "00000001"
                + "00000001"
                + "1122334455667788"
                + first
                + "00000002"
                + "00000000"
                + "1122334455667788"
                + second);
  }

  @Test
  void framesLieBehindEachOtherAlsoBeyondFourGigabytes() {
    assertThat(WalFrame.position(1, 4096)).isEqualTo(32);
    assertThat(WalFrame.position(2, 4096)).isEqualTo(32 + 24 + 4096);
    assertThat(WalFrame.position(2_000_000, 65536)).isEqualTo(32 + 1_999_999L * 65560);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
