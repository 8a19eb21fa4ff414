package dev.tutti.core.doctor;

import dev.tutti.core.backplane.Health;
import java.util.List;
import java.util.function.Supplier;

/** Whether a part says of itself that it can do its work. */
public record HealthOf(String name, Supplier<Health> health, String advice) implements Check {

  @Override
  public List<Finding> look(boolean deep) {
    Health now = health.get();
    return List.of(
        now.healthy()
            ? Finding.ok(this, "The %s can do its work.".formatted(name))
            : Finding.error(this, "The %s is not well: %s".formatted(name, now.detail()), advice));
  }
}
