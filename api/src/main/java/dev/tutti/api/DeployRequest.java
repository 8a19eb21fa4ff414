package dev.tutti.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a deployment, like a DeployModels message.
 *
 * @param simulatorName one of the names that this instance serves; its first one when absent
 * @param keepLogsHours 0 when absent
 */
public record DeployRequest(
    @Nullable String simulatorName,
    String simulatorId,
    String simulationId,
    List<ModelRequest> models,
    @Nullable Double keepLogsHours) {

  /** One model of the deployment. */
  public record ModelRequest(String id, String image, @Nullable Map<String, String> environment) {

    /** Without the variables: their values may be secrets. */
    @Override
    public String toString() {
      return "ModelRequest[%s, %s]".formatted(id, image);
    }
  }
}
