package dev.tursojdbc.sql.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiteralPatternTest {

  /** Few different letters, so that pieces are found, and found again further on. */
  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("aAbB%%*\\[@`{\0").ofMaxLength(9);
  }

  @Provide
  Arbitrary<byte[]> texts() {
    byte[] few = {'a', 'A', 'b', 'B', '[', '@', '`', '{', '%', '\\', 0, (byte) 0xC1, (byte) 0xE2};
    return Arbitraries.integers()
        .between(0, few.length - 1)
        .map(i -> few[i])
        .array(byte[].class)
        .ofMaxSize(24);
  }

  @Property(tries = 20_000)
  void aPatternThatWasTakenApartMatchesTheSameTexts(
      @ForAll @From("patterns") String pattern, @ForAll @From("texts") byte[] text) {
    assertSame(WildcardPattern.LIKE, pattern, text);
    assertSame(WildcardPattern.CASE_SENSITIVE_LIKE, pattern, text);
    assertSame(WildcardPattern.GLOB, pattern, text);
    assertSame(WildcardPattern.like('\\', false), pattern, text);
    assertSame(WildcardPattern.like('%', false), pattern, text);
    assertSame(WildcardPattern.like('a', true), pattern, text);
  }

  private static void assertSame(WildcardPattern wildcards, String pattern, byte[] text) {
    byte[] bytes = pattern.getBytes(StandardCharsets.US_ASCII);
    LiteralPattern literal = wildcards.literal(bytes, 0, bytes.length);
    if (literal == null) {
      return;
    }
    // In the midst of other bytes, which do not belong to it.
    byte[] page = new byte[text.length + 20];
    Arrays.fill(page, (byte) 'a');
    System.arraycopy(text, 0, page, 10, text.length);
    assertThat(literal.matches(page, 10, text.length))
        .as("%s of %s", pattern, Arrays.toString(text))
        .isEqualTo(wildcards.matches(bytes, 0, bytes.length, text, 0, text.length));
  }

  @Test
  void theZeroByteThatEndsATextIsFoundAtAnyPlace() {
    byte[] pattern = {'%', 'x'};
    LiteralPattern literal = WildcardPattern.LIKE.literal(pattern, 0, 2);
    assertThat(literal).isNotNull();
    for (int zero = 1; zero < 40; zero++) {
      byte[] text = new byte[40];
      Arrays.fill(text, (byte) 1);
      text[zero] = 0;
      assertThat(literal.matches(text, 0, 40)).isFalse();
      text[zero - 1] = 'x';
      assertThat(literal.matches(text, 0, 40)).isTrue();
    }
  }

  @Test
  void onlyPatternsWithoutOtherWildcardsAndLettersAreTakenApart() {
    assertThat(literal(WildcardPattern.LIKE, "a_b%")).isNull();
    assertThat(literal(WildcardPattern.LIKE, "%ä%")).isNull();
    assertThat(literal(WildcardPattern.GLOB, "[ab]*")).isNull();
    assertThat(literal(WildcardPattern.like('\\', false), "a\\")).isNull();
    assertThat(literal(WildcardPattern.like('\\', false), "a\\_%")).isNotNull();
    assertThat(literal(WildcardPattern.LIKE, "%[a]%")).isNotNull();
    assertThat(literal(WildcardPattern.LIKE, "")).isNotNull();
  }

  private static @Nullable LiteralPattern literal(WildcardPattern wildcards, String pattern) {
    byte[] bytes = pattern.getBytes(StandardCharsets.UTF_8);
    return wildcards.literal(bytes, 0, bytes.length);
  }
}
