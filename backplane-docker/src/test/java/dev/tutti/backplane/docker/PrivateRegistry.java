package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A registry with one image of one file, for one account: what engines ask a registry when they
 * pull. It hangs up on TLS at once, which they try first.
 */
final class PrivateRegistry implements AutoCloseable {

  static final String USER = "puller";
  static final String PASSWORD = "of:the registry";
  private static final int HANDSHAKE = 0x16;
  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String IMAGE = "application/vnd.docker.container.image.v1+json";
  private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar";

  private final ServerSocket door;
  private final Map<String, byte[]> contents = new HashMap<>();

  PrivateRegistry(int bytes) throws IOException {
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    try (RootArchive archive = new RootArchive(layer)) {
      archive.text("file", "x".repeat(bytes));
    }
    byte[] config =
        """
        {"architecture": "amd64", "os": "linux", "config": {"Cmd": ["/file"]},
         "rootfs": {"type": "layers", "diff_ids": ["%s"]}, "history": []}\
        """
            .formatted(digest(layer.toByteArray()))
            .getBytes(UTF_8);
    byte[] manifest =
        """
        {"schemaVersion": 2, "mediaType": "%s",
         "config": {"mediaType": "%s", "size": %d, "digest": "%s"},
         "layers": [{"mediaType": "%s", "size": %d, "digest": "%s"}]}\
        """
            .formatted(
                MANIFEST,
                IMAGE,
                config.length,
                digest(config),
                LAYER,
                layer.size(),
                digest(layer.toByteArray()))
            .getBytes(UTF_8);
    contents.put("/v2/", "{}".getBytes(UTF_8));
    for (String name : List.of("1", digest(manifest))) {
      contents.put("/v2/team/image/manifests/" + name, manifest);
    }
    for (byte[] blob : List.of(config, layer.toByteArray())) {
      contents.put("/v2/team/image/blobs/" + digest(blob), blob);
    }
    door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::receive);
  }

  /** The registry, as images are named by it. */
  String host() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  String image() {
    return host() + "/team/image:1";
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void receive() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofVirtual().start(() -> answer(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket caller) {
    try (caller) {
      InputStream in = caller.getInputStream();
      int first = in.read();
      if (first == HANDSHAKE || first < 0) {
        return;
      }
      StringBuilder head = new StringBuilder().append((char) first);
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      String[] asked = head.toString().split(" ", 3);
      respond(caller.getOutputStream(), asked[0], asked[1], signedIn(head.toString()));
    } catch (IOException gone) {
      // Who hangs up gets no answer.
    }
  }

  private static boolean signedIn(String head) {
    String account = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    return head.lines()
        .anyMatch(line ->
            line.toLowerCase(Locale.ROOT).startsWith("authorization: basic ")
                && line.endsWith(" " + account));
  }

  private void respond(OutputStream out, String method, String path, boolean signedIn)
      throws IOException {
    byte[] content = contents.get(path);
    String status = !signedIn ? "401 Unauthorized" : content == null ? "404 Not Found" : "200 OK";
    byte[] body =
        !signedIn || content == null
            ? "{\"errors\":[{\"code\":\"%s\",\"message\":\"no\"}]}"
                .formatted(signedIn ? "MANIFEST_UNKNOWN" : "UNAUTHORIZED")
                .getBytes(UTF_8)
            : content;
    String head =
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n%s%s\r\n"
            .formatted(
                status,
                signedIn && path.contains("/manifests/") ? MANIFEST : "application/json",
                body.length,
                content == null ? "" : "Docker-Content-Digest: %s\r\n".formatted(digest(body)),
                signedIn ? "" : "WWW-Authenticate: Basic realm=\"test\"\r\n");
    out.write(head.getBytes(UTF_8));
    if (!method.equals("HEAD")) {
      out.write(body);
    }
    out.flush();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException ignored) {
      // It is of no use any more either way.
    }
  }
}
