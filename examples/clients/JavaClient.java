// Java with its own HTTP client, and Gson for JSON. Java 17 runs it as it is: java -cp gson.jar JavaClient.java
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

public class JavaClient {
  static final Gson gson = new Gson();
  static final String graph = System.getenv("GRAPH"), app = System.getenv("APP");
  static HttpClient client;

  public static void main(String[] args) throws Exception {
    String ca = System.getenv("CA"); // without it the authorities that Java knows count
    client = ca == null || ca.isEmpty()
        ? HttpClient.newHttpClient()
        : HttpClient.newBuilder().sslContext(trusting(Path.of(ca))).build();

    String path = "/deviceAppManagement/mobileApps/" + app + "/installSummary";
    HttpResponse<String> response = send("GET", graph + path, null, null);
    int read = json(response).get("failedDeviceCount").getAsInt();
    String etag = response.headers().firstValue("ETag").orElseThrow();

    List<String> failing = new ArrayList<>();
    String next = graph + "/deviceAppManagement/mobileApps?$expand=installSummary&$top=5&$filter="
        + URLEncoder.encode("installSummary/failedDeviceCount gt 100", StandardCharsets.UTF_8);
    while (next != null) {
      JsonObject page = json(send("GET", next, null, null));
      page.getAsJsonArray("value").forEach(
          (one) -> failing.add(one.getAsJsonObject().get("displayName").getAsString()));
      next = page.has("@odata.nextLink") ? page.get("@odata.nextLink").getAsString() : null;
    }

    // A map, not an object of ten ints: a counter that is left out keeps its value, a 0 does not.
    JsonObject changed = json(send("PATCH", graph + path, Map.of("failedDeviceCount", read + 1), etag));

    HttpResponse<String> conflict = send("PATCH", graph + path, Map.of("failedDeviceCount", 0), etag);
    if (conflict.statusCode() != 412) throw new IllegalStateException(conflict.body());
    // 412: someone else has changed the summary since: read it again.

    JsonObject batch = json(send("POST", graph + "/$batch", Map.of("requests", List.of(
        Map.of("id", "change", "method", "PATCH", "url", path, "body", Map.of("failedDeviceCount", 0),
            "headers", Map.of("Content-Type", "application/json", "If-Match", etag)),
        Map.of("id", "read", "method", "GET", "url", path))), null));
    // The responses of a batch may come in any order.
    Map<String, JsonObject> responses = new HashMap<>();
    for (JsonElement one : batch.getAsJsonArray("responses"))
      responses.put(one.getAsJsonObject().get("id").getAsString(), one.getAsJsonObject());

    HttpResponse<String> fault = send("PATCH", graph + path, Map.of("failedDeviceCount", -1), null);

    System.out.println(gson.toJson(Map.of(
        "read", read,
        "failing", failing,
        "changed", changed.get("failedDeviceCount"),
        "conflict", List.of(conflict.statusCode(), error(conflict).get("code"),
            error(conflict).getAsJsonObject("innerError").get("request-id")),
        "batch", List.of(responses.get("change").get("status"), responses.get("read").get("status")),
        "after", responses.get("read").getAsJsonObject("body").get("failedDeviceCount"),
        "fault", List.of(fault.statusCode(), error(fault).get("code"), error(fault).get("message")))));
  }

  /** Trusts the certificates of one authority; for all programs of a machine: keytool -importcert. */
  static SSLContext trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(file)) {
      store.setCertificateEntry("install-summary", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  static HttpResponse<String> send(String method, String url, Object body, String ifMatch) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + System.getenv("TOKEN"));
    if (ifMatch != null) request.header("If-Match", ifMatch);
    if (body == null) request.method(method, HttpRequest.BodyPublishers.noBody());
    else request.header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(gson.toJson(body)));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The body of a response that is no error. */
  static JsonObject json(HttpResponse<String> response) {
    if (response.statusCode() >= 400)
      throw new IllegalStateException(response.request().uri() + ": " + response.statusCode() + " " + response.body());
    return gson.fromJson(response.body(), JsonObject.class);
  }

  static JsonObject error(HttpResponse<String> response) {
    return gson.fromJson(response.body(), JsonObject.class).getAsJsonObject("error");
  }
}
