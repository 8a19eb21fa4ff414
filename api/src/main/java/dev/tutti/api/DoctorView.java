package dev.tutti.api;

import java.util.List;

/**
 * What all checks found.
 *
 * @param deep whether everything was read
 */
public record DoctorView(boolean deep, List<FindingView> findings) {

  public DoctorView {
    findings = List.copyOf(findings);
  }
}
