package dev.tutti.sdk;

import java.util.ArrayList;
import java.util.List;

/** A calculation that is being declared, until it is told how to calculate. */
public final class CalculationDraft {
  private final Service service;
  private final String name;
  private final List<Input<?>> inputs = new ArrayList<>();
  private final List<Output<?>> outputs = new ArrayList<>();

  CalculationDraft(Service service, String name) {
    this.service = service;
    this.name = name;
  }

  /**
   * Waits in every step for data of another service; where that one takes part in fewer steps, its
   * last data hold until it does so again.
   */
  public CalculationDraft receives(Input<?> input) {
    inputs.add(input);
    return this;
  }

  /** Sends data in every step, for every object. */
  public CalculationDraft sends(Output<?> output) {
    outputs.add(output);
    return this;
  }

  /** Says how, and gives the service that can do it. */
  public Service calculates(Calculates function) {
    return service.with(new Calculation(name, List.copyOf(inputs), List.copyOf(outputs), function));
  }
}
