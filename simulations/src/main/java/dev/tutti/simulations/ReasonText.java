package dev.tutti.simulations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the MSO says on our topic for reasons; other MSOs say nothing there. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ReasonText(@Nullable String reason, @Nullable List<String> lastLines) {

  String text() {
    return reason == null ? "" : reason;
  }

  List<String> lines() {
    return lastLines == null ? List.of() : lastLines;
  }
}
