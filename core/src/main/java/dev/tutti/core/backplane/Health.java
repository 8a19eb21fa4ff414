package dev.tutti.core.backplane;

/** Whether something outside can do its work now, and if not, why and what to do. */
public record Health(boolean healthy, String detail) {

  public static Health good() {
    return new Health(true, "ok");
  }

  public static Health bad(String detail) {
    return new Health(false, detail);
  }
}
