package dev.tutti.examples.fakemodel;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A model that models nothing: it says that it is ready, works for {@code MODEL_SECONDS}, and ends
 * with 0; or it crashes before it is ready ({@code EXIT_CODE=1}) or after ({@code EXIT_CODE=2}).
 */
public final class FakeModel {

  private static final int CRASH_BEFORE_READY = 1;
  private static final int CRASH_AFTER_READY = 2;
  private static final int NO_BROKER = 3;

  private final Map<String, String> environment;
  private final PrintStream out;

  private FakeModel(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  /** Runs the model as its environment says. */
  public static void main(String[] arguments) throws InterruptedException {
    int code = new FakeModel(System.getenv(), System.out).run();
    System.out.flush();
    // The client's threads must not outlive a crash.
    Runtime.getRuntime().halt(code);
  }

  private int run() throws InterruptedException {
    int exitCode = Integer.parseInt(environment.getOrDefault("EXIT_CODE", "0"));
    show("MQTT_HOST:     ", "MQTT_HOST");
    show("MQTT_PORT:     ", "MQTT_PORT");
    show("MQTT_USERNAME: ", "MQTT_USERNAME");
    out.println("MQTT_PASSWORD:  <hidden>");
    show("SIMULATOR_ID:  ", "SIMULATOR_ID");
    show("SIMULATION_ID: ", "SIMULATION_ID");
    show("MODEL_ID:      ", "MODEL_ID");
    out.println("EXIT_CODE:      " + exitCode);
    Mqtt3BlockingClient client = client();
    try {
      client.connectWith().cleanSession(true).send();
    } catch (Mqtt3ConnAckException | ConnectionFailedException refused) {
      out.println("No connection to the broker: " + refused.getMessage());
      return NO_BROKER;
    }
    out.println("Model booting...");
    if (exitCode == CRASH_BEFORE_READY) {
      out.println("Fake crashing before ReadyForProcessing with exit code " + exitCode);
      return exitCode;
    }
    client.publishWith().topic(readyTopic()).qos(MqttQos.AT_LEAST_ONCE).send();
    out.println("ReadyForProcessing send.");
    if (exitCode == CRASH_AFTER_READY) {
      out.println("Fake crashing after ReadyForProcessing with exit code " + exitCode);
      return exitCode;
    }
    out.println("Going to sleep...");
    Thread.sleep(seconds());
    out.println("Done!");
    client.disconnect();
    return 0;
  }

  private Mqtt3BlockingClient client() {
    Mqtt3ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion3()
            .serverHost(environment.getOrDefault("MQTT_HOST", "localhost"))
            .serverPort(Integer.parseInt(environment.getOrDefault("MQTT_PORT", "1883")));
    String user = environment.getOrDefault("MQTT_USERNAME", "");
    if (!user.isEmpty()) {
      byte[] password =
          environment.getOrDefault("MQTT_PASSWORD", "").getBytes(StandardCharsets.UTF_8);
      builder = builder.simpleAuth().username(user).password(password).applySimpleAuth();
    }
    return builder.buildBlocking();
  }

  private String readyTopic() {
    return "/lifecycle/model/mso/%s/%s/ReadyForProcessing"
        .formatted(environment.get("SIMULATION_ID"), environment.get("MODEL_ID"));
  }

  private Duration seconds() {
    double seconds = Double.parseDouble(environment.getOrDefault("MODEL_SECONDS", "10"));
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private void show(String label, String variable) {
    out.println(label + " " + environment.get(variable));
  }
}
