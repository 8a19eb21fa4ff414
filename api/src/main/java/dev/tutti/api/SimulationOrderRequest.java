package dev.tutti.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a simulation, with the keys of the original simulation orchestrator and some of ours. It
 * is read a little more leniently than it is written here, as the original does: a number may stand
 * as text.
 *
 * @param startDate ISO 8601, with or without a zone; 2023-01-25T00:00:00 when absent
 * @param timeStepSeconds simulated seconds per step; 3600 when absent
 * @param nrOfTimeSteps 24 when absent
 * @param maxStepCalcTimeMinutes wall-clock limit of a step, more than 0; 10 when absent
 * @param keepLogsHours 24 when absent
 * @param esdl the energy system, in base64
 * @param zone of a date that names none
 * @param correctedTimeStamps whether step n carries {@code start + (n-1) * step}
 * @param priority in the queue, higher first; 0 when absent
 * @param sweep what varies, with a request for a sweep; no other has it
 */
public record SimulationOrderRequest(
    @Allowed(longest = 1_000) @Nullable String name,
    @JsonProperty("start_date") @Nullable String startDate,
    @JsonProperty("time_step_seconds") @Allowed(least = 1) @Nullable Integer timeStepSeconds,
    @JsonProperty("nr_of_time_steps") @Allowed(least = 0) @Nullable Integer nrOfTimeSteps,
    @JsonProperty("max_step_calc_time_minutes") @Allowed(least = 0, most = 527_040)
        @Nullable Double maxStepCalcTimeMinutes,
    @JsonProperty("keep_logs_hours") @Allowed(least = 0, most = 878_400)
        @Nullable Double keepLogsHours,
    @JsonProperty("log_level") @Allowed(words = {"debug", "info", "warning", "error"})
        @Nullable String logLevel,
    @JsonProperty("calculation_services") List<Service> services,
    @JsonProperty("esdl_base64string") String esdl,
    @Nullable String zone,
    @JsonProperty("corrected_time_stamps") @Nullable Boolean correctedTimeStamps,
    @Allowed(least = -1_000_000, most = 1_000_000) @Nullable Integer priority,
    @Nullable Sweep sweep) {

  /**
   * Sets of parameters, each of which makes a simulation: those of the list, combined with all
   * combinations of the grid.
   *
   * @param sets values by the name of their parameter
   * @param grid lists of values by the name of their parameter
   */
  public record Sweep(
      @Nullable List<Map<String, Object>> sets, @Nullable Map<String, List<Object>> grid) {}

  /**
   * A kind of models.
   *
   * @param esdlType the class of the objects that it simulates; PVInstallation when absent
   * @param name pvinstallation_service when absent
   * @param models among how many the objects are divided, 0 for one each; 1 when absent
   * @param onModelFailure fail when absent
   * @param every takes part in step 1 and then in every so-manieth one; 1 when absent
   */
  public record Service(
      @JsonProperty("esdl_type") @Allowed(pattern = "[A-Za-z0-9_]{1,200}")
          @Nullable String esdlType,
      @JsonProperty("calc_service_name")
          @Allowed(pattern = "[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?", longest = 200)
          @Nullable String name,
      @JsonProperty("service_image_url") @Allowed(pattern = "[!-~]{1,4096}") String image,
      @JsonProperty("nr_of_models") @Allowed(least = 0, most = 1_000_000) @Nullable Integer models,
      @JsonProperty("on_model_failure") @Allowed(words = {"fail", "continue", "restart"})
          @Nullable String onModelFailure,
      @Allowed(least = 1) @Nullable Integer every) {}
}
