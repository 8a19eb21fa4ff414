package dev.tutti.core.group;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.WorkloadId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Workloads that belong together, in an order in which they can be started. */
public record GroupSpec(List<Member> members) {

  /**
   * Checks the order.
   *
   * @throws Failure.Rejected naming all that is wrong with it
   */
  public GroupSpec {
    members = List.copyOf(members);
    List<String> wrong = new ArrayList<>();
    Set<WorkloadId> known = new HashSet<>();
    for (Member member : members) {
      if (!known.add(member.id())) {
        wrong.add("'%s' is there twice".formatted(member.id()));
      }
    }
    for (Member member : members) {
      member.after().stream()
          .filter(before -> !known.contains(before))
          .sorted()
          .forEach(before ->
              wrong.add(
                  "'%s' comes after '%s', which is not there".formatted(member.id(), before)));
    }
    if (wrong.isEmpty()) {
      Set<WorkloadId> waiting = new HashSet<>(known);
      layers(members).forEach(layer -> layer.forEach(member -> waiting.remove(member.id())));
      if (!waiting.isEmpty()) {
        wrong.add(
            "each of %s comes, by way of others, after itself"
                .formatted(
                    waiting.stream()
                        .sorted()
                        .map(WorkloadId::value)
                        .collect(Collectors.joining(", "))));
      }
    }
    if (!wrong.isEmpty()) {
      throw new Failure.Rejected(
          Problem.of(
                  "invalid-group",
                  400,
                  "The workloads cannot be started in an order: %s."
                      .formatted(String.join("; ", wrong)))
              .suggesting("Let each come only after others of the group."));
    }
  }

  /** Each layer comes after the one before it; members of one do not wait for each other. */
  List<List<Member>> layers() {
    return layers(members);
  }

  /** Without those that wait for each other. */
  private static List<List<Member>> layers(List<Member> members) {
    List<List<Member>> layers = new ArrayList<>();
    Set<WorkloadId> placed = new HashSet<>();
    List<Member> left = members;
    while (!left.isEmpty()) {
      List<Member> layer =
          left.stream().filter(member -> placed.containsAll(member.after())).toList();
      if (layer.isEmpty()) {
        return layers;
      }
      layers.add(layer);
      layer.forEach(member -> placed.add(member.id()));
      left = left.stream().filter(member -> !placed.contains(member.id())).toList();
    }
    return layers;
  }
}
