package dev.tutti.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A list that is shown once, or again whenever it may have changed.
 *
 * @param <T> how the table sees an item
 */
final class Listing<T> {
  private final ListOptions options;
  private final Class<T> type;
  private final Table<T> table;
  private final JacksonJson json;
  private final Surroundings around;
  private final Map<String, String> shown = new HashMap<>();
  private boolean begun;
  private int drawn;

  Listing(
      ListOptions options, Class<T> type, Table<T> table, JacksonJson json, Surroundings around) {
    this.options = options;
    this.type = type;
    this.table = options.output.wide() ? table.wide() : table;
    this.json = json;
    this.around = around;
  }

  /** What the command prints that does not watch. */
  void print(List<Tree> items, List<T> views, Predicate<T> choice) {
    if (options.quiet) {
      chosen(items, views, choice).forEach(item -> line(ListOptions.name(item)));
    } else if (options.output.structured()) {
      line(options.output.text(json, Listed.page(items, views, choice)));
    } else {
      lines(views.stream().filter(choice).toList()).forEach(this::write);
    }
    around.out().flush();
  }

  List<T> views(List<Tree> items) {
    return items.stream().map(item -> ViewReader.read(item, type)).toList();
  }

  /** Shows what differs from what was shown before. */
  void update(List<Tree> items, List<T> views, Predicate<T> choice, String note) {
    if (options.quiet || options.output.structured()) {
      changed(chosen(items, views, choice)).forEach(this::line);
    } else if (around.screen().terminal()) {
      draw(views.stream().filter(choice).toList(), note);
    } else {
      append(chosen(items, views, choice), views.stream().filter(choice).toList());
    }
    around.out().flush();
  }

  private List<String> changed(List<Tree> items) {
    List<String> lines = new ArrayList<>();
    for (Tree item : items) {
      String now = json.line(item);
      String before = shown.put(ListOptions.name(item), now);
      if (options.quiet ? before == null : !now.equals(before)) {
        lines.add(options.quiet ? ListOptions.name(item) : options.output.item(json, item));
      }
    }
    forgetOthers(items);
    return lines;
  }

  /** Columns stay as wide as they were at first only by chance: rows come one after the other. */
  private void append(List<Tree> items, List<T> views) {
    List<T> news = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String now = json.line(items.get(i));
      if (!now.equals(shown.put(ListOptions.name(items.get(i)), now))) {
        news.add(views.get(i));
      }
    }
    forgetOthers(items);
    List<String> lines = lines(news);
    lines.subList(begun ? 1 : 0, lines.size()).forEach(this::write);
    begun = true;
  }

  /** What is gone and comes back is new. */
  private void forgetOthers(List<Tree> items) {
    Set<String> names = new HashSet<>();
    items.forEach(item -> names.add(ListOptions.name(item)));
    shown.keySet().retainAll(names);
  }

  private void draw(List<T> items, String note) {
    int rows = Math.max(1, around.screen().height() - 3);
    List<String> lines = new ArrayList<>(lines(items));
    int more = lines.size() - 1 - rows;
    if (more > 0) {
      lines = new ArrayList<>(lines.subList(0, rows + 1));
      lines.add("… and " + more + " more");
    }
    if (!note.isEmpty()) {
      lines.add(Table.cut(Printable.line(note), around.screen().width()));
    }
    if (drawn > 0) {
      around.out().print("\033[" + drawn + "A\r\033[J");
    }
    lines.forEach(this::write);
    drawn = lines.size();
  }

  private List<String> lines(List<T> items) {
    // On a terminal that draws again a line must not be wider than the screen.
    boolean cut = !options.output.wide() || (options.watch && around.screen().terminal());
    int width = cut ? around.screen().width() : Integer.MAX_VALUE;
    return table.lines(items, width, around.coloured());
  }

  private static <T> List<Tree> chosen(List<Tree> items, List<T> views, Predicate<T> choice) {
    List<Tree> chosen = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (choice.test(views.get(i))) {
        chosen.add(items.get(i));
      }
    }
    return chosen;
  }

  private void line(String text) {
    write(options.output.structured() && !options.quiet ? text : Printable.line(text));
  }

  private void write(String line) {
    around.out().println(line);
  }
}
