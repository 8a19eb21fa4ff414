package dev.tutti.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All pages of a list as one page of JSON. */
final class Listed {
  private Listed() {}

  /** The items whose views are to be shown. */
  static <T> Tree page(List<Tree> items, List<T> views, Predicate<T> shown) {
    List<Tree> chosen = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (shown.test(views.get(i))) {
        chosen.add(items.get(i));
      }
    }
    return page(chosen, new Tree.Word(null));
  }

  static Tree page(List<Tree> items, Tree next) {
    Map<String, Tree> members = new LinkedHashMap<>();
    members.put("items", new Tree.Items(items));
    members.put("next", next);
    return new Tree.Fields(members);
  }
}
