package dev.tutti.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiltersTest {
  @ParameterizedTest
  @CsvSource({
    "/a, /a, true",
    "/a, a, false",
    "#, /a/b, true",
    "/a/#, /a, true",
    "/a/#, /a/b/c, true",
    "/a/#, /b/#, false",
    "/+/b, /a/+, true",
    "/+/b, /a/c, false",
    "/a/+, /a, false",
    "/a/+/#, /a/b, true",
    "/a/+/#, /a, false",
    "+/a, /a, true",
    "/a.b, /a/b, false",
  })
  void overlappingMeansThatATopicMatchesBoth(String one, String two, boolean overlap) {
    assertThat(Filters.of(List.of(one)).overlap(Filters.of(List.of(two)))).isEqualTo(overlap);
    assertThat(Filters.of(List.of(two)).overlap(Filters.of(List.of(one)))).isEqualTo(overlap);
    assertThat(Filters.of(List.of(one, two)).overlapThemselves())
        .isEqualTo(overlap && !one.equals(two));
  }
}
