package dev.tutti.examples.neighbourhood;

import dev.tutti.sdk.EsdlObject;
import dev.tutti.sdk.Input;
import dev.tutti.sdk.Output;
import dev.tutti.sdk.Service;
import dev.tutti.sdk.Step;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * What a household uses: a shape of the day, more light when it is dark, heating when it is cold,
 * and habits that are its own. They are drawn from its id and the time, so that the same simulation
 * always has the same households.
 */
final class HouseholdModel {
  static final Input<Weather> WEATHER = Input.from("weather_service", "weather", Weather.class);
  static final Output<Power> DEMAND = Output.named("household_demand", Power.class);

  private static final ZoneId HOME = ZoneId.of("Europe/Amsterdam");
  private static final double HOURS_PER_YEAR = 8_766;

  /** Of a mean of one, hour by hour. */
  private static final double[] WORKING_DAY = {
    0.52, 0.46, 0.43, 0.42, 0.43, 0.50, 0.78, 1.10, 1.02, 0.88, 0.84, 0.86,
    0.95, 0.90, 0.86, 0.88, 1.04, 1.48, 1.86, 1.88, 1.72, 1.56, 1.22, 0.80
  };

  private static final double[] WEEKEND = {
    0.60, 0.52, 0.46, 0.44, 0.43, 0.45, 0.55, 0.78, 1.05, 1.24, 1.26, 1.26,
    1.30, 1.20, 1.10, 1.08, 1.18, 1.46, 1.70, 1.70, 1.56, 1.42, 1.16, 0.84
  };

  private HouseholdModel() {}

  public static void main(String[] arguments) {
    service().run();
  }

  static Service service() {
    return Service.named("household_service")
        .version("1.0")
        .calculation("use")
        .receives(WEATHER)
        .sends(DEMAND)
        .calculates((step, household, inputs) ->
            DEMAND.of(Power.of(watt(step, household, inputs.only(WEATHER)), step.hours())));
  }

  static double watt(Step step, EsdlObject household, Weather weather) {
    Random habits = new Random(seed(household.id()));
    double mean =
        household.number("power", (2_200 + habits.nextInt(1_800)) * 1_000 / HOURS_PER_YEAR);
    double late = habits.nextGaussian() * 0.7;
    ZonedDateTime time = step.start().plus(step.length().dividedBy(2)).atZone(HOME);
    double base = mean * shape(time, late);
    double light = weather.sunElevation() < 3 && isAwake(time) ? 0.25 * mean : 0;
    double cold = Math.max(0, 15 - weather.temperature()) * 0.012 * mean;
    Random moment = new Random(seed(household.id() + step.start()));
    double appliances = moment.nextDouble() < 0.08 ? 600 + moment.nextInt(1_600) : 0;
    return base * (0.75 + 0.5 * moment.nextDouble()) + light + cold + appliances;
  }

  private static double shape(ZonedDateTime time, double late) {
    boolean weekend =
        time.getDayOfWeek() == DayOfWeek.SATURDAY || time.getDayOfWeek() == DayOfWeek.SUNDAY;
    double[] shape = weekend ? WEEKEND : WORKING_DAY;
    double hour = (time.toLocalTime().toSecondOfDay() / 3_600.0 - late + 23.5) % 24;
    int before = (int) hour;
    double between = hour - before;
    return shape[before % 24] * (1 - between) + shape[(before + 1) % 24] * between;
  }

  private static boolean isAwake(ZonedDateTime time) {
    return time.getHour() >= 7 && time.getHour() < 23;
  }

  private static long seed(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }
}
