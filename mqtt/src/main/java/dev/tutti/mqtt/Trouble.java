package dev.tutti.mqtt;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Why there is no connection, and what to do about it, in a sentence or two. */
class Trouble extends Exception {
  private static final long serialVersionUID = 1L;

  Trouble(String sentence) {
    super(sentence);
  }

  Trouble(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  String sentence() {
    return Optional.ofNullable(getMessage()).orElse("");
  }

  static Trouble connecting(MqttSettings settings, Throwable failure) {
    String broker = "the MQTT broker at " + settings.address();
    Optional<Mqtt3ConnAckException> answer = within(failure, Mqtt3ConnAckException.class);
    if (answer.isPresent()) {
      return new Trouble(refused(settings, broker, answer.get()), failure);
    }
    if (within(failure, UnknownHostException.class).isPresent()) {
      return new Trouble(
          "Nobody knows the host name '%s' of the MQTT broker. Correct it, or the name service."
              .formatted(settings.host()),
          failure);
    }
    if (within(failure, ConnectException.class).isPresent()
        || within(failure, NoRouteToHostException.class).isPresent()) {
      return new Trouble(
          "Cannot reach %s: %s. Start it, or correct its host and port."
              .formatted(broker, deepest(failure)),
          failure);
    }
    if (within(failure, TimeoutException.class).isPresent()) {
      return new Trouble(
          "%s did not answer within %s. Is it an MQTT broker?"
              .formatted(capital(broker), settings.connectWithin()),
          failure);
    }
    return new Trouble(
        "%s did not let the client '%s' in: %s"
            .formatted(capital(broker), settings.clientId(), deepest(failure)),
        failure);
  }

  private static String refused(
      MqttSettings settings, String broker, Mqtt3ConnAckException answer) {
    Mqtt3ConnAckReturnCode code = answer.getMqttMessage().getReturnCode();
    return switch (code) {
      case BAD_USER_NAME_OR_PASSWORD, NOT_AUTHORIZED ->
          "%s refuses the user '%s' (%s). Correct the user name or the password."
              .formatted(capital(broker), settings.username(), code);
      case IDENTIFIER_REJECTED ->
          "%s refuses the client id '%s'. Choose another one."
              .formatted(capital(broker), settings.clientId());
      default -> "%s refuses the connection: %s.".formatted(capital(broker), code);
    };
  }

  private static <T extends Throwable> Optional<T> within(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    while (cause != null) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
