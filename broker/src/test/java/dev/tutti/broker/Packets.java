package dev.tutti.broker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** MQTT 3.1.1 packets by hand, for clients that misbehave. */
final class Packets {
  private static final int WILL_USER_AND_PASSWORD_IN_A_CLEAN_SESSION = 0xC6;
  private static final int SUBSCRIBE = 0x82;
  private static final int CONNECT = 0x10;

  private Packets() {}

  static byte[] connect(BrokerAccount account, String willTopic) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(4);
    body.write(WILL_USER_AND_PASSWORD_IN_A_CLEAN_SESSION);
    number(body, 60);
    text(body, "by-hand");
    text(body, willTopic);
    text(body, "gone");
    text(body, account.user());
    text(body, account.password());
    return packet(CONNECT, body);
  }

  static byte[] subscribe(String filter) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    number(body, 1);
    text(body, filter);
    body.write(1);
    return packet(SUBSCRIBE, body);
  }

  private static byte[] packet(int type, ByteArrayOutputStream body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(type);
    packet.write(body.size());
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int number) {
    out.write(number >> 8);
    out.write(number & 0xFF);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }
}
