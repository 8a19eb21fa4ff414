package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeededTest {
  @Test
  void failureNamesTheSeedThatRepeatsIt() {
    List<Long> seen = new ArrayList<>();
    assertThatThrownBy(() ->
            Seeded.cases(
                10,
                random -> {
                  seen.add(random.nextLong());
                  if (seen.size() == 4) {
                    throw new IllegalStateException("the fourth");
                  }
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 3")
        .hasRootCauseMessage("the fourth");
    assertThat(seen).doesNotHaveDuplicates();
  }
}
