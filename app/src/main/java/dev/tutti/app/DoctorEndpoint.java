package dev.tutti.app;

import dev.tutti.api.DoctorView;
import dev.tutti.api.FindingView;
import dev.tutti.core.doctor.Doctor;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;

/** The route of the checks; for operators, because findings name paths and processes. */
final class DoctorEndpoint {

  private final Doctor doctor;

  DoctorEndpoint(Doctor doctor) {
    this.doctor = doctor;
  }

  Endpoint endpoint() {
    return new Endpoint(
            Method.GET,
            "/doctor",
            "Has everything checked and says what was found.",
            Role.OPERATOR,
            Void.class,
            DoctorView.class,
            this::examine)
        .with(Parameter.query("deep", Form.truth(), "Reads everything.").otherwise("false"));
  }

  private Answer examine(Request request) throws InterruptedException {
    boolean deep = request.truth("deep");
    return Answer.ok(
        new DoctorView(
            deep,
            doctor.examine(deep).stream()
                .map(f -> new FindingView(f.check(), f.level().word(), f.sentence(), f.advice()))
                .toList()));
  }
}
