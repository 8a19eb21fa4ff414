package dev.tutti.examples.neighbourhood;

import dev.tutti.sdk.EnergySystem;
import dev.tutti.sdk.EsdlObject;
import dev.tutti.sdk.Input;
import dev.tutti.sdk.Output;
import dev.tutti.sdk.Service;
import java.util.List;

/** The cable of a street with its transformer: what flows, what is lost, and how the voltage is. */
final class NetworkModel {
  static final Input<Balance> BALANCE =
      Input.from("econnection_service", "connection_balance", Balance.class).viaAnyPort();
  static final Output<NetworkState> STATE = Output.named("network_state", NetworkState.class);

  /** 30 m of aluminium, 95 mm². */
  private static final double PIECE_RESISTANCE = 0.0096;

  private static final double VOLTAGE = 400;
  private static final double TRANSFORMER = 100_000;
  private static final double NO_LOAD_LOSS = 0.0018;
  private static final double COPPER_LOSS = 0.0125;
  private static final double OVERLOADED = 1;

  private NetworkModel() {}

  public static void main(String[] arguments) {
    service().run();
  }

  static Service service() {
    return Service.named("network_service")
        .version("1.0")
        .calculation("flow")
        .receives(BALANCE)
        .sends(STATE)
        .calculates((step, network, inputs) -> {
          NetworkState state =
              state(
                  inputs.all(BALANCE).stream().map(Balance::netPower).toList(),
                  rating(step.simulation().energySystem(), network));
          if (state.transformerLoading() > OVERLOADED) {
            step.log()
                .warning(
                    "The transformer of %s is at %.0f %% of what it is made for."
                        .formatted(network, state.transformerLoading() * 100));
          }
          return STATE.of(state);
        });
  }

  static NetworkState state(List<Double> taken, double rating) {
    Feeder.Flow flow = new Feeder(PIECE_RESISTANCE, VOLTAGE).flow(taken);
    double net = taken.stream().mapToDouble(Double::doubleValue).sum();
    double beforeTransformer = net + flow.losses();
    double loading = Math.abs(beforeTransformer) / rating;
    double transformerLoss = rating * (NO_LOAD_LOSS + COPPER_LOSS * loading * loading);
    double losses = flow.losses() + transformerLoss;
    return new NetworkState(
        net, losses, net + losses, loading, flow.lowestVoltage(), flow.highestVoltage());
  }

  private static double rating(EnergySystem system, EsdlObject network) {
    return system.connected(network).stream()
        .filter(neighbour -> neighbour.type().equals("Transformer"))
        .flatMapToDouble(transformer -> transformer.number("capacity").stream())
        .findFirst()
        .orElse(TRANSFORMER);
  }
}
