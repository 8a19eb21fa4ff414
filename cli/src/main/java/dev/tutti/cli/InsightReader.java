package dev.tutti.cli;

import dev.tutti.api.DoctorView;
import dev.tutti.api.EventView;
import dev.tutti.api.ExplanationView;
import dev.tutti.api.FindingView;
import dev.tutti.api.NewTokenView;
import dev.tutti.api.OrphanView;
import dev.tutti.api.StuckOwnerView;
import dev.tutti.api.TokenView;
import dev.tutti.api.UserView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What answers a "why", from JSON: as {@link ViewReader} does it, and for the same reason. */
final class InsightReader {
  private InsightReader() {}

  /** Null when it is none of these types. */
  static @Nullable Object view(Tree tree, Class<?> type) {
    if (type == ExplanationView.class) {
      return explanation(tree);
    }
    if (type == DoctorView.class) {
      return new DoctorView(
          Boolean.TRUE.equals(tree.get("deep") instanceof Tree.Word(Boolean word) ? word : null),
          each(tree, "findings", InsightReader::finding));
    }
    if (type == StuckOwnerView.class) {
      return new StuckOwnerView(
          tree.text("owner"),
          tree.text("message"),
          tree.text("reason"),
          tree.time("since"),
          tree.number("waiting"));
    }
    if (type == UserView.class) {
      return new UserView(
          tree.text("name"), tree.text("role"), tree.time("created"), tree.time("passwordSet"));
    }
    if (type == TokenView.class) {
      return token(tree);
    }
    if (type == NewTokenView.class) {
      return new NewTokenView(tree.text("token"), token(tree.get("details")));
    }
    return type == OrphanView.class ? orphan(tree) : null;
  }

  private static TokenView token(Tree tree) {
    return new TokenView(
        tree.text("name"),
        tree.text("role"),
        tree.optionalText("user"),
        tree.optionalTime("created"),
        tree.optionalTime("lastUsed"),
        tree.optionalTime("expires"));
  }

  private static ExplanationView explanation(Tree tree) {
    return new ExplanationView(
        tree.text("kind"),
        tree.text("id"),
        tree.text("state"),
        tree.optionalTime("since"),
        tree.text("summary"),
        each(tree, "waitingFor", InsightReader::wait),
        tree.get("lastError") instanceof Tree.Fields error ? error(error) : null,
        tree.texts("lastLines"),
        each(
            tree,
            "next",
            item -> new ExplanationView.Upcoming(item.text("sentence"), item.time("due"))),
        each(tree, "commands", InsightReader::pending),
        each(tree, "history", item -> ViewReader.read(item, EventView.class)),
        tree.texts("advice"));
  }

  private static ExplanationView.Wait wait(Tree tree) {
    return new ExplanationView.Wait(
        tree.text("what"),
        tree.text("sentence"),
        tree.optionalTime("since"),
        tree.optionalTime("until"));
  }

  private static ExplanationView.LastError error(Tree tree) {
    return new ExplanationView.LastError(
        tree.text("step"),
        tree.text("workload"),
        tree.optionalNumber("exitCode"),
        tree.text("reason"),
        tree.optionalTime("at"));
  }

  private static ExplanationView.Pending pending(Tree tree) {
    return new ExplanationView.Pending(
        tree.text("command"),
        tree.text("lane"),
        tree.number("waiting"),
        tree.time("since"),
        tree.number("tries"),
        tree.text("lastFailure"),
        tree.optionalTime("nextTry"));
  }

  private static FindingView finding(Tree tree) {
    return new FindingView(
        tree.text("check"), tree.text("level"), tree.text("sentence"), tree.text("advice"));
  }

  private static OrphanView orphan(Tree tree) {
    Map<String, String> labels = new LinkedHashMap<>();
    tree.get("labels").values().forEach((name, value) -> labels.put(name, value.toString()));
    return new OrphanView(
        tree.text("id"),
        tree.text("backplane"),
        tree.text("state"),
        tree.text("image"),
        labels,
        tree.time("since"),
        tree.text("place"));
  }

  private static <T> List<T> each(Tree tree, String member, Function<Tree, T> read) {
    List<T> all = new ArrayList<>();
    for (Tree item : tree.get(member).items()) {
      all.add(read.apply(item));
    }
    return all;
  }
}
