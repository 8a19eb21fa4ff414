package dev.tutti.sdk;

/**
 * Data that a calculation receives: one message per step of every object of another service that
 * belongs to it. Declare it once and use it in {@link Inputs} to get at what came.
 *
 * @param <T> the record whose components are the variables
 */
public final class Input<T extends Record> {
  private final String service;
  private final String name;
  private final MessageForm<T> form;
  private final Reach reach;

  /** Whose data an energy asset receives. */
  enum Reach {
    /** Owners of ports that are connected to its InPorts, as generated services have it. */
    INFLOW,
    /** Owners of ports that are connected to any of its ports. */
    ANY_PORT
  }

  private Input(String service, String name, MessageForm<T> form, Reach reach) {
    this.service = service;
    this.name = name;
    this.form = form;
    this.reach = reach;
  }

  /**
   * Data of another service.
   *
   * @param service the name of the service that sends it, in snake_case
   * @param name the name of the data, in snake_case
   * @param type a record whose components are the variables
   */
  public static <T extends Record> Input<T> from(String service, String name, Class<T> type) {
    return new Input<>(service, name, MessageForm.of(type), Reach.INFLOW);
  }

  /**
   * The same, but received from what is connected to any port of an energy asset, instead of what
   * flows into it: a connection hears of its consumers too. Generated services do not have this.
   */
  public Input<T> viaAnyPort() {
    return new Input<>(service, name, form, Reach.ANY_PORT);
  }

  /** The service that sends it. */
  public String service() {
    return service;
  }

  /** The name of the data. */
  public String name() {
    return name;
  }

  /** The output of the service that sends it. */
  Output<T> asOutput() {
    return new Output<>(name, form);
  }

  MessageForm<T> form() {
    return form;
  }

  Reach reach() {
    return reach;
  }

  boolean sameOnTheWire(Input<?> other) {
    return service.equals(other.service) && form.sameOnTheWire(other.form);
  }

  @Override
  public String toString() {
    return "%s of %s".formatted(name, service);
  }
}
