package dev.tutti.models;

import dev.tutti.core.Sha256;
import dev.tutti.core.store.Blobs;
import dev.tutti.dots.Decoded;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.ModelConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps requests for deployments until all their models have a record. Each is kept under a ticket
 * of its own, so that equal requests can be deleted independently.
 */
final class Requests {

  private static final int TICKET_BYTES = 36;

  private final Blobs blobs;

  Requests(Blobs blobs) {
    this.blobs = blobs;
  }

  /** The hash by which an equal request is known. */
  static String content(DeployModels request) {
    return Sha256.hex(request.encode());
  }

  String keep(DeployModels request) {
    byte[] ticket = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    byte[] message = request.encode();
    byte[] kept = Arrays.copyOf(ticket, TICKET_BYTES + message.length);
    System.arraycopy(message, 0, kept, TICKET_BYTES, message.length);
    return blobs.put(kept);
  }

  Optional<DeployModels> read(String blob) {
    return blobs
        .get(blob)
        .map(kept -> Arrays.copyOfRange(kept, TICKET_BYTES, kept.length))
        .flatMap(Requests::message);
  }

  private static Optional<DeployModels> message(byte[] payload) {
    return switch (MessageType.DEPLOY_MODELS.decode(payload)) {
      case Decoded.Message<DeployModels>(DeployModels message) -> Optional.of(message);
      case Decoded.Malformed<DeployModels> _ -> Optional.empty();
    };
  }

  void discard(String blob) {
    blobs.delete(blob);
  }

  /** The models of a request, each id once: an id that is listed again harms only itself. */
  static List<ModelConfiguration> distinctModels(DeployModels request) {
    Map<String, ModelConfiguration> models = new LinkedHashMap<>();
    for (ModelConfiguration model : request.modelConfigurations()) {
      models.putIfAbsent(model.modelId(), model);
    }
    return List.copyOf(models.values());
  }
}
