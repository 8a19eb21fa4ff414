package dev.tutti.examples.neighbourhood;

import dev.tutti.sdk.Input;
import dev.tutti.sdk.Output;
import dev.tutti.sdk.Service;
import java.util.List;

/** What a connection takes from the network: what its household uses, less what its roof yields. */
final class ConnectionModel {
  static final Input<Power> YIELD =
      Input.from("pvinstallation_service", "pv_power", Power.class).viaAnyPort();
  static final Input<Power> DEMAND =
      Input.from("household_service", "household_demand", Power.class).viaAnyPort();
  static final Output<Balance> BALANCE = Output.named("connection_balance", Balance.class);

  private ConnectionModel() {}

  public static void main(String[] arguments) {
    service().run();
  }

  static Service service() {
    return Service.named("econnection_service")
        .version("1.0")
        .calculation("balance")
        .receives(YIELD)
        .receives(DEMAND)
        .sends(BALANCE)
        .calculates((step, _, inputs) ->
            BALANCE.of(Balance.of(sum(inputs.all(DEMAND)), sum(inputs.all(YIELD)), step.hours())));
  }

  private static double sum(List<Power> powers) {
    return powers.stream().mapToDouble(Power::power).sum();
  }
}
