package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events somebody wants.
 *
 * @param owner of all of them; empty for any
 * @param types words, each of which stands for itself and what begins with it and a dot; none for
 *     all
 * @param subject of all of them; empty for any
 */
record EventFilter(Optional<OwnerRef> owner, List<String> types, Optional<String> subject)
    implements Predicate<JournalEntry> {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.query("owner", Form.text(), "Only events of this owner, as kind:id."),
          Parameter.query(
              "type",
              Form.text(),
              "Only events of these types, separated by commas; `model` means all `model.…`."),
          Parameter.query("subject", Form.text(), "Only events about this object."));

  static EventFilter of(Request request) {
    return new EventFilter(
        request.query("owner").map(EventFilter::owner),
        request.query("type").stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList(),
        request.query("subject"));
  }

  /**
   * An owner as a request writes it.
   *
   * @throws Failure.Rejected when it is none
   */
  static OwnerRef owner(String text) {
    try {
      return OwnerRef.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new Failure.Rejected(
          Problem.of("invalid-query", 400, "'%s' is no owner.".formatted(text))
              .suggesting("Write it as kind:id, as events show it."));
    }
  }

  @Override
  public boolean test(JournalEntry entry) {
    return (types.isEmpty()
            || types.stream().anyMatch(type -> (entry.type() + ".").startsWith(type + ".")))
        && subject.stream().allMatch(entry.subject()::equals)
        && owner.stream().allMatch(entry.owner()::equals);
  }
}
