package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The least that an orchestrator does for its models, and everything that it hears. It sends at QoS
 * 0, as the original does.
 */
final class TinyOrchestrator implements AutoCloseable {
  static final String SIMULATION = "test-sim";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Mqtt3AsyncClient client;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  /** A message of a model. */
  @SuppressWarnings("ArrayRecordComponent")
  record Heard(String topic, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    boolean endsWith(String name) {
      return topic.endsWith("/" + name);
    }
  }

  TinyOrchestrator(Mosquitto broker) throws Exception {
    client =
        MqttClient.builder()
            .useMqttVersion3()
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .automaticReconnect()
            .initialDelay(20, TimeUnit.MILLISECONDS)
            .maxDelay(100, TimeUnit.MILLISECONDS)
            .applyAutomaticReconnect()
            .simpleAuth()
            .username(Mosquitto.USER)
            .password(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildAsync();
    var _ = client.connect().get(10, TimeUnit.SECONDS);
    // One callback for all: those of several subscriptions have threads of their own, and no order.
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        message ->
            heard.add(new Heard(message.getTopic().toString(), message.getPayloadAsBytes())));
    for (String filter :
        List.of("/lifecycle/model/#", "/data/#", "/log/#", "/tutti/model/#", "/tutti/data/#")) {
      var _ =
          client
              .subscribeWith()
              .topicFilter(filter)
              .qos(MqttQos.AT_LEAST_ONCE)
              .send()
              .get(10, TimeUnit.SECONDS);
    }
  }

  /** What an orchestrator gives to a model. */
  static Map<String, String> environment(Mosquitto broker, String model) {
    return Map.of(
        "MQTT_HOST",
        "127.0.0.1",
        "MQTT_PORT",
        Integer.toString(broker.port()),
        "MQTT_QOS",
        "0",
        "SIMULATOR_ID",
        "SO",
        "SIMULATION_ID",
        SIMULATION,
        "MODEL_ID",
        model,
        "MQTT_USERNAME",
        Mosquitto.USER,
        "MQTT_PASSWORD",
        Mosquitto.PASSWORD,
        "LOG_LEVEL",
        "INFO");
  }

  /** Parameters as the original writes them. */
  static String parameters(
      String esdl, Map<String, String> services, int steps, List<String> objects) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("simulation_name", "test");
    json.put("start_timestamp", 1_674_604_800.0);
    json.put("time_step_seconds", 3_600);
    json.put("nr_of_time_steps", steps);
    json.put(
        "calculation_services",
        services.entrySet().stream()
            .map(
                entry -> Map.of("esdl_type", entry.getKey(), "calc_service_name", entry.getValue()))
            .toList());
    json.put(
        "esdl_base64string",
        Base64.getEncoder().encodeToString(esdl.getBytes(StandardCharsets.UTF_8)));
    json.put("esdl_ids", objects);
    return Json.write(json);
  }

  void awaitReady(String... models) {
    for (String model : models) {
      awaitHeard("/lifecycle/model/mso/%s/%s/ReadyForProcessing".formatted(SIMULATION, model), 1);
    }
  }

  void parameterize(String model, String json) {
    send(
        new Topic.ModelParameters(simulation(), new ModelId(model)),
        new LifecycleMessage.ModelParameters(json));
    awaitHeard("/lifecycle/model/dots-so/%s/%s/Parameterized".formatted(SIMULATION, model), 1);
  }

  /** Asks all models for a step, and waits for all. */
  void step(int number, String... models) {
    int before = count("CalculationsDone");
    for (String model : models) {
      ask(model, number);
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(count("CalculationsDone")).isGreaterThanOrEqualTo(before + models.length));
  }

  void ask(String model, int number) {
    String json =
        "{\"time_step_nr\": \"%d\", \"start_time_stamp\": %s}"
            .formatted(number, 1_674_604_800.0 + (number + 1) * 3_600.0);
    send(new Topic.NewStep(simulation(), new ModelId(model)), new LifecycleMessage.NewStep(json));
  }

  /** Waits until its own connection stands, after that of the broker broke. */
  void awaitConnected() {
    await().atMost(PATIENCE).until(() -> client.getState().isConnected());
  }

  /** Asks all models where they are. */
  void where() {
    var _ =
        client
            .publishWith()
            .topic(new Topic.WhereAreYou(simulation()).text())
            .qos(MqttQos.AT_MOST_ONCE)
            .send()
            .join();
  }

  /** Waits for a model's last announcement to say this. */
  void awaitAnnouncement(String model, boolean parameterized, int started, int finished) {
    String topic = "/tutti/model/%s/%s/Announcement".formatted(SIMULATION, model);
    String json =
        """
        {"sdk":"tutti","protocol":"1.0","parameterized":%b,"startedStep":%d,"finishedStep":%d}\
        """
            .formatted(parameterized, started, finished);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(heard.stream().filter(one -> one.topic().equals(topic)))
                .isNotEmpty()
                .last()
                .extracting(Heard::text)
                .isEqualTo(json));
  }

  /** Sends what a roof of another service would. */
  void data(String service, String object, String name, byte[] payload) {
    var _ =
        client
            .publishWith()
            .topic(new Topic.Data(service, simulation(), object, name).text())
            .qos(MqttQos.AT_MOST_ONCE)
            .payload(payload)
            .send()
            .join();
  }

  /** Repeats what a roof of another service would have sent in a step. */
  <T extends Record> void repeat(int step, Input<T> input, String object, T value) {
    var _ =
        client
            .publishWith()
            .topic(
                new Topic.RepeatedData(simulation(), input.service(), object, input.name(), step)
                    .text())
            .qos(MqttQos.AT_MOST_ONCE)
            .payload(input.form().encode(object, value))
            .send()
            .join();
  }

  void done(String... models) {
    for (String model : models) {
      send(
          new Topic.SimulationDoneToModel(simulation(), new ModelId(model)),
          new LifecycleMessage.SimulationDone());
    }
  }

  List<Heard> heard() {
    return List.copyOf(heard);
  }

  List<Heard> heard(String name) {
    return heard.stream().filter(one -> one.endsWith(name)).toList();
  }

  int count(String name) {
    return heard(name).size();
  }

  void awaitHeard(String topic, int times) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(heard)
                .extracting(Heard::topic)
                .filteredOn(topic::equals)
                .hasSizeGreaterThanOrEqualTo(times));
  }

  private void send(Topic topic, LifecycleMessage message) {
    var _ =
        client
            .publishWith()
            .topic(topic.text())
            .qos(MqttQos.AT_MOST_ONCE)
            .payload(message.encode())
            .send()
            .join();
  }

  private static SimulationId simulation() {
    return new SimulationId(SIMULATION);
  }

  @Override
  public void close() {
    client.disconnect().join();
  }
}
