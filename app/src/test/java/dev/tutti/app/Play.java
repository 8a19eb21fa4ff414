package dev.tutti.app;

import dev.tutti.dots.Decoded;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * What was said in a simulation from its beginning to its end, without what only our own programs
 * say to each other.
 */
record Play(String simulation, List<Wire.Heard> said) {

  Play {
    said = List.copyOf(said);
  }

  static Play of(Wire wire, String simulation) {
    return new Play(
        simulation,
        wire.heard(h -> h.topic().contains(simulation) && !h.topic().startsWith("/tutti/")));
  }

  /** The last segments of the topics, in their order. */
  List<String> names() {
    return said.stream().map(Wire.Heard::last).toList();
  }

  /** What a model was told, or said to the simulation orchestrator: payloads as hex, in order. */
  List<String> payloads(String model, String name) {
    return said.stream()
        .filter(h -> h.topic().endsWith("/" + model + "/" + name))
        .map(Wire.Heard::hex)
        .toList();
  }

  /** The JSON inside of what a model was told. */
  List<String> json(String model, MessageType<?> type, String name) {
    return payloads(model, name).stream().map(hex -> json(type, hex)).toList();
  }

  private static String json(MessageType<?> type, String hex) {
    return switch (type.decode(HexFormat.of().parseHex(hex))) {
      case Decoded.Message<?>(LifecycleMessage.NewStep(String json)) -> json;
      case Decoded.Message<?>(LifecycleMessage.ModelParameters(String json)) -> json;
      default -> throw new AssertionError("no JSON: " + hex);
    };
  }

  /** Cut into steps: each begins with the first NewStep after the last step was done. */
  List<List<Wire.Heard>> steps() {
    List<List<Wire.Heard>> steps = new ArrayList<>();
    boolean asking = false;
    for (Wire.Heard one : said) {
      boolean asks = one.last().equals("NewStep");
      if (asks && !asking) {
        steps.add(new ArrayList<>());
      }
      if (!steps.isEmpty() && !one.last().equals("SimulationDone")) {
        steps.getLast().add(one);
      }
      if (one.last().equals("SimulationDone")) {
        return steps;
      }
      asking = asks;
    }
    return steps;
  }

  /** What models told each other, step by step: object, name and bytes, sorted. */
  List<List<String>> data() {
    List<List<String>> data = new ArrayList<>();
    for (List<Wire.Heard> step : steps()) {
      data.add(
          step.stream()
              .filter(h -> h.topic().startsWith("/data/"))
              .map(h -> h.topic().replace(simulation, "") + " " + h.hex())
              .sorted(Comparator.naturalOrder())
              .toList());
    }
    return data;
  }
}
