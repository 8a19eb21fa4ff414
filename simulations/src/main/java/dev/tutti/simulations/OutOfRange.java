package dev.tutti.simulations;

import java.util.List;
import java.util.Map;

/** Findings about numbers that are too small or too large, in the words of pydantic 1. */
final class OutOfRange {

  private OutOfRange() {}

  static void atLeast(List<Finding> findings, List<Object> where, Number value, Number limit) {
    if (value.doubleValue() < limit.doubleValue()) {
      findings.add(finding(where, "greater", "ge", limit));
    }
  }

  static void atMost(List<Finding> findings, List<Object> where, Number value, Number limit) {
    if (value.doubleValue() > limit.doubleValue()) {
      findings.add(finding(where, "less", "le", limit));
    }
  }

  static void moreThan(List<Finding> findings, List<Object> where, Number value, Number limit) {
    if (value.doubleValue() <= limit.doubleValue()) {
      findings.add(
          new Finding(
              where,
              "ensure this value is greater than " + limit,
              "value_error.number.not_gt",
              Map.of("limit_value", limit)));
    }
  }

  static Finding finding(List<Object> where, String way, String relation, Number limit) {
    return new Finding(
        where,
        "ensure this value is %s than or equal to %s".formatted(way, limit),
        "value_error.number.not_" + relation,
        Map.of("limit_value", limit));
  }
}
