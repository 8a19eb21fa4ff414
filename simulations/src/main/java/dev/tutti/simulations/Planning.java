package dev.tutti.simulations;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What came of planning a simulation. */
public sealed interface Planning {

  /**
   * It can work.
   *
   * @param esdl the text of the file, as it was before it was encoded
   */
  record Planned(SimulationRequest request, String esdl, Plan plan) implements Planning {

    /** The file, which is always UTF-8. */
    public byte[] esdlBytes() {
      return esdl.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** It cannot work, and nothing was stored. */
  record Impossible(List<Finding> findings) implements Planning {

    public Impossible {
      findings = List.copyOf(findings);
    }
  }
}
