package dev.tutti.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All pages of a list as one page, as JSON. */
record Listed(List<JsonNode> items, @Nullable String next) {

  /** The items whose views are to be shown. */
  static <T> Listed of(List<JsonNode> items, List<T> views, Predicate<T> shown) {
    List<JsonNode> chosen = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (shown.test(views.get(i))) {
        chosen.add(items.get(i));
      }
    }
    return new Listed(chosen, null);
  }
}
