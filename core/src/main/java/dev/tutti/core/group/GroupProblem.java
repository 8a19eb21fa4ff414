package dev.tutti.core.group;

import dev.tutti.core.backplane.WorkloadId;

/**
 * Why a group is not as it should be.
 *
 * @param member whose trouble it is
 * @param reason a sentence without its subject, such as {@code ended with code 3 (Error) before it
 *     was ready}
 */
public record GroupProblem(WorkloadId member, String reason) {

  public String sentence() {
    return "Workload '%s' %s.".formatted(member, reason);
  }
}
