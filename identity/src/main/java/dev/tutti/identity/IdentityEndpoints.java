package dev.tutti.identity;

import dev.tutti.api.NewTokenView;
import dev.tutti.api.OwnPasswordRequest;
import dev.tutti.api.Page;
import dev.tutti.api.PasswordRequest;
import dev.tutti.api.SignInRequest;
import dev.tutti.api.TokenRequest;
import dev.tutti.api.TokenView;
import dev.tutti.api.UserRequest;
import dev.tutti.api.UserView;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Making;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Requester;
import dev.tutti.core.surface.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The routes of users, tokens and sign-in. */
final class IdentityEndpoints {

  private static final long LONGEST_LIFETIME = Duration.ofDays(3_650).toSeconds();

  private static final Parameter ROLE =
      Parameter.query("role", Form.oneOf(Names.ROLES), "Only those of this role.");

  private final Users users;
  private final Tokens tokens;
  private final SignIns signIns;

  IdentityEndpoints(Users users, Tokens tokens, SignIns signIns) {
    this.users = users;
    this.tokens = tokens;
    this.signIns = signIns;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/users", "Lists those who may sign in.", Page.class, this::users)
            .only(Role.ADMIN)
            .paged(UserView.class, List.of(Listing.NAME, ROLE, Listing.SINCE)),
        Endpoint.post(
                "/users",
                "Lets a person sign in, with a role.",
                UserRequest.class,
                UserView.class,
                new Making(User.KIND, this::addUser, name -> Answer.created(view(users.get(name)))))
            .only(Role.ADMIN)
            .answering(201, "The person may sign in.")
            .refusing(400, "invalid-user")
            .refusing(409, "user-exists")
            .refusing(409, "too-many-users")
            .refusing(409, "changed-meanwhile")
            .refusing(503, "sign-in-busy"),
        Endpoint.put(
                "/users/{name}/password",
                "Sets the password of a user and ends all sign-ins with the old one.",
                PasswordRequest.class,
                Void.class,
                this::setPassword)
            .only(Role.ADMIN)
            .about(User.KIND, "name")
            .refusing(400, "invalid-user")
            .refusing(409, "changed-meanwhile")
            .refusing(503, "sign-in-busy"),
        Endpoint.put(
                "/password",
                "Sets one's own password and ends all other sign-ins with the old one.",
                OwnPasswordRequest.class,
                Void.class,
                this::setOwnPassword)
            .only(Role.VIEWER)
            .refusing(400, "invalid-user")
            .refusing(400, "old-password-wrong")
            .refusing(409, "no-password")
            .refusing(409, "changed-meanwhile")
            .refusing(429, "sign-in-too-often")
            .refusing(503, "sign-in-busy"),
        Endpoint.delete("/users/{name}", "Removes a user and ends all sign-ins.", this::removeUser)
            .only(Role.ADMIN)
            .about(User.KIND, "name")
            .refusing(409, "changed-meanwhile"),
        Endpoint.get(
                "/users/{name}",
                "Shows who may sign in.",
                UserView.class,
                r -> Answer.ok(view(users.get(r.path("name")))))
            .only(Role.ADMIN)
            .about(User.KIND, "name"),
        Endpoint.get(
                "/tokens/{name}",
                "Shows what lets in, without the token.",
                TokenView.class,
                r -> Answer.ok(view(tokens.get(r.path("name")))))
            .only(Role.ADMIN)
            .about(AccessToken.KIND, "name"),
        Endpoint.get("/tokens", "Lists what lets in, without the tokens.", Page.class, this::tokens)
            .only(Role.ADMIN)
            .paged(
                TokenView.class,
                List.of(
                    Listing.NAME,
                    ROLE,
                    Parameter.query("user", Form.text(), "Only sign-ins of this user."))),
        Endpoint.post(
                "/tokens",
                "Gives a token with a role; it is told this once.",
                TokenRequest.class,
                NewTokenView.class,
                this::addToken)
            .only(Role.ADMIN)
            .answering(201, "The token; it is not told again.")
            .refusing(400, "invalid-token")
            .refusing(409, "token-exists")
            .refusing(409, "too-many-tokens")
            .refusing(409, "changed-meanwhile"),
        Endpoint.delete("/tokens/{name}", "Takes a token back.", this::removeToken)
            .only(Role.ADMIN)
            .about(AccessToken.KIND, "name")
            .refusing(409, "token-of-first-start")
            .refusing(409, "changed-meanwhile"),
        new Endpoint(
                Method.POST,
                "/sign-in",
                "Gives a person a token, for a name and a password.",
                Role.ANYONE,
                SignInRequest.class,
                NewTokenView.class,
                this::signIn)
            .refusing(401, "sign-in-refused")
            .refusing(409, "too-many-tokens")
            .refusing(409, "changed-meanwhile")
            .refusing(429, "sign-in-too-often")
            .refusing(503, "sign-in-busy"),
        Endpoint.post(
                "/sign-out",
                "Ends the sign-in whose token the request carries.",
                Void.class,
                Void.class,
                this::signOut)
            .only(Role.VIEWER));
  }

  private Answer users(Request request) {
    Listing listing = Listing.of(request);
    Predicate<String> name = listing.containing("name");
    Predicate<String> role = listing.being("role", Names.ROLES);
    Predicate<Instant> since = listing.since();
    return listing.page(
        users.all(),
        User::name,
        user ->
            name.test(user.name()) && role.test(user.role().word()) && since.test(user.created()),
        IdentityEndpoints::view);
  }

  private Answer addUser(Request request) throws InterruptedException {
    UserRequest asked = request.body(UserRequest.class);
    Names.requireNone(
        "invalid-user",
        List.of(
            Names.wrongWith(asked.name()),
            Names.wrongWithRole(asked.role()),
            Passwords.wrongWith(asked.password())));
    return Answer.created(
        view(
            users.add(
                asked.name(), Names.role(asked.role()), asked.password(), Requester.of(request))));
  }

  private Answer setPassword(Request request) throws InterruptedException {
    String password = request.body(PasswordRequest.class).password();
    Names.requireNone("invalid-user", List.of(Passwords.wrongWith(password)));
    users.setPassword(request.path("name"), password, Requester.of(request));
    return Answer.noContent();
  }

  private Answer setOwnPassword(Request request) throws InterruptedException {
    String name = request.caller().name();
    OwnPasswordRequest asked = request.body(OwnPasswordRequest.class);
    if (users.find(name).isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("no-password", 409, "'%s' is no user and has no password.".formatted(name))
              .suggesting("Sign in first: `tutti sign-in NAME`."));
    }
    Names.requireNone("invalid-user", List.of(Passwords.wrongWith(asked.password())));
    signIns.requireRight(name, asked.old(), request.address());
    users.setPassword(name, asked.password(), Requester.of(request));
    tokens.keep(shownBy(request));
    return Answer.noContent();
  }

  private Answer removeUser(Request request) {
    users.remove(request.path("name"), Requester.of(request));
    return Answer.noContent();
  }

  private Answer tokens(Request request) {
    List<TokenView> views = new ArrayList<>();
    views.add(new TokenView(Tokens.FIRST, Role.ADMIN.word(), null, null, null, null));
    tokens.all().forEach(token -> views.add(view(token)));
    Listing listing = Listing.of(request);
    Predicate<String> name = listing.containing("name");
    Predicate<String> role = listing.being("role", Names.ROLES);
    Predicate<String> user = listing.being("user");
    return listing.page(
        views,
        TokenView::name,
        token ->
            name.test(token.name())
                && role.test(token.role())
                && user.test(Objects.requireNonNullElse(token.user(), "")),
        Function.identity());
  }

  private Answer addToken(Request request) {
    TokenRequest asked = request.body(TokenRequest.class);
    Optional<Long> seconds = Optional.ofNullable(asked.lifetimeSeconds());
    Names.requireNone(
        "invalid-token",
        List.of(
            Names.wrongWith(asked.name()),
            Names.wrongWithRole(asked.role()),
            seconds
                .filter(number -> number < 1 || number > LONGEST_LIFETIME)
                .map(_ -> "lifetimeSeconds: has to be from 1 to " + LONGEST_LIFETIME)));
    return Answer.created(
        view(
            tokens.add(
                asked.name(),
                Names.role(asked.role()),
                seconds.map(Duration::ofSeconds),
                Requester.of(request))));
  }

  private Answer removeToken(Request request) {
    tokens.remove(request.path("name"), Requester.of(request));
    return Answer.noContent();
  }

  private Answer signIn(Request request) throws InterruptedException {
    SignInRequest asked = request.body(SignInRequest.class);
    return Answer.ok(view(signIns.signIn(asked.name(), asked.password(), request.address())));
  }

  private Answer signOut(Request request) {
    tokens.signOut(shownBy(request));
    return Answer.noContent();
  }

  private static String shownBy(Request request) {
    String[] words = request.header("Authorization").orElse("").trim().split(" +", 2);
    return words[words.length - 1];
  }

  private static UserView view(User user) {
    return new UserView(user.name(), user.role().word(), user.created(), user.changed());
  }

  private static NewTokenView view(Tokens.Given given) {
    return new NewTokenView(given.secret(), view(given.token()));
  }

  private static TokenView view(AccessToken token) {
    return new TokenView(
        token.name(),
        token.role().word(),
        token.isSignIn() ? token.user() : null,
        token.created(),
        token.lastUsed(),
        token.expires());
  }
}
