package dev.tutti.simulations.esdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.simulations.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LenientBase64Test {

  @Test
  void paddingMayBeMissingOrTooMuch() {
    for (String written : new String[] {"YQ", "YQ=", "YQ==", "YQ===", "YQ===="}) {
      assertThat(decoded(written)).as(written).contains("a");
    }
  }

  @Test
  void charactersOutsideTheAlphabetAreSkipped() {
    assertThat(decoded(" Y\nW\r-J_j\u00e4 ")).contains("abc");
  }

  @Test
  void whatFollowsCompletePaddingDoesNotCount() {
    assertThat(decoded("YQ==YmM=")).contains("a");
    assertThat(decoded("YWI=YmM")).contains("ab");
    assertThat(decoded("YW=Jj")).contains("abc");
  }

  @Test
  void aTextThatEndsWithinAByteIsNone() {
    assertThat(decoded("Y")).isEmpty();
    assertThat(decoded("YWJjZ")).isEmpty();
  }

  @Test
  void whatWasEncodedComesBackWhateverIsScatteredBetween() {
    Seeded.cases(
        2_000,
        random -> {
          byte[] bytes = new byte[random.nextInt(60)];
          random.nextBytes(bytes);
          String encoded =
              (random.nextBoolean() ? Base64.getEncoder() : Base64.getEncoder().withoutPadding())
                  .encodeToString(bytes);
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < encoded.length(); i++) {
            text.append(encoded.charAt(i));
            if (random.nextInt(5) == 0) {
              text.append(" \n-_.".charAt(random.nextInt(5)));
            }
          }
          assertThat(LenientBase64.decode(text.toString()).orElseThrow()).isEqualTo(bytes);
        });
  }

  private static Optional<String> decoded(String text) {
    return LenientBase64.decode(text).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
