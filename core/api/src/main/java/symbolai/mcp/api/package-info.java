/**
 * All that a plugin compiles against: the guide for plugin authors.
 *
 * <p>A plugin is a zip that an admin drops into the server's {@code plugins} folder. It offers one or more <em>families</em>
 * of tools, resources and prompts. You describe each tool once; the server speaks every revision of the Model Context
 * Protocol for you, checks the arguments, asks who calls, writes the audit log and limits the time.
 *
 * <h2>A complete plugin</h2>
 *
 * <pre>{@code
 * package example.dice;
 *
 * import io.vertx.core.Future;
 * import io.vertx.core.json.JsonObject;
 * import java.util.List;
 * import java.util.SplittableRandom;
 * import org.pf4j.Extension;
 * import symbolai.mcp.api.FamilyContext;
 * import symbolai.mcp.api.Schemas;
 * import symbolai.mcp.api.Tool;
 * import symbolai.mcp.api.ToolAnnotations;
 * import symbolai.mcp.api.ToolCall;
 * import symbolai.mcp.api.ToolException;
 * import symbolai.mcp.api.ToolFamily;
 * import symbolai.mcp.api.ToolResult;
 *
 * // Rolls dice.
 * @Extension
 * public final class DiceFamily implements ToolFamily {
 *
 *     private final SplittableRandom random = new SplittableRandom();
 *
 *     @Override
 *     public List<Tool> tools(FamilyContext context) {
 *         return List.of(Tool.named("dice_roll")
 *                 .title("Roll a die")
 *                 .description("Rolls one die. Use it when the user wants a random number.")
 *                 .input(Schemas.object()
 *                         .required("sides", Schemas.integer("How many sides the die has, 2 to 100."))
 *                         .build())
 *                 .output(Schemas.object()
 *                         .required("rolled", Schemas.integer("What the die shows."))
 *                         .build())
 *                 .annotations(ToolAnnotations.READ_ONLY)
 *                 .handler(this::roll));
 *     }
 *
 *     private Future<ToolResult> roll(ToolCall call) {
 *         int sides = call.arguments().getInteger("sides");
 *         if (sides < 2 || sides > 100) {
 *             throw new ToolException(ToolException.Reason.INVALID, "sides is " + sides + "; it must be 2 to 100");
 *         }
 *         return Future.succeededFuture(ToolResult.json(new JsonObject().put("rolled", random.nextInt(sides) + 1)));
 *     }
 * }
 * }</pre>
 *
 * <p>Beside it lies {@code plugin.properties}:
 *
 * <pre>
 * plugin.id=dice
 * plugin.version=1.0.0
 * plugin.requires=0.1.0
 * plugin.provider=You
 * plugin.description=Rolls dice
 * </pre>
 *
 * <p>The zip holds {@code plugin.properties}, your classes under {@code classes/} with {@code META-INF/extensions.idx}
 * (PF4J's annotation processor writes it; from JDK 23 on, name {@code org.pf4j:pf4j} among the compiler's annotation
 * processors or it silently does not run), and your libraries under {@code lib/}. Leave out what the server lends:
 * this package, Vert.x, Netty, Jackson, SLF4J and PF4J.
 *
 * <h2>What happens when</h2>
 *
 * <ol>
 *   <li>The zip is found, checked and expanded elsewhere; each version has a class loader of its own.
 *   <li>{@link symbolai.mcp.api.ToolFamily#start} runs. Fail it, and the plugin is refused with your message, while an
 *       older version goes on serving.
 *   <li>The lists are read and checked: schemas, names, duplicates. {@code symbolai-mcp plugin list} shows what is wrong.
 *   <li>All tools appear at once, and clients are told once.
 *   <li>A new zip with the same {@code plugin.id} takes over the same way. Calls inside the old version end in peace, then
 *       {@link symbolai.mcp.api.ToolFamily#close} is called and the old class loader is freed.
 * </ol>
 *
 * <h2>Threads</h2>
 *
 * <p>The listing methods and {@code start} run on a worker thread. Handlers run on an event loop: never block there; take
 * {@link symbolai.mcp.api.FamilyContext#blocking} for work that does. Handlers are called many times at once.
 *
 * <h2>Failing</h2>
 *
 * <p>Throw {@link symbolai.mcp.api.ToolException}, or fail the future with it, when the model should read why. Its message
 * says what was wrong, with which value, and what would be right. Anything else counts as a fault of the plugin: the
 * caller sees an id, the log has the rest.
 *
 * <h2>Asking and taking long</h2>
 *
 * <p>Return {@link symbolai.mcp.api.InputRequired} to ask the user, the client's model or its folders; your handler is
 * called again with the answers. Return {@link symbolai.mcp.api.Working} to be called again after a pause; the client sees
 * a task where it can follow one, and progress where it cannot.
 *
 * <h2>Destroying and storing</h2>
 *
 * <p>Before something is gone for good, have its name repeated with {@link symbolai.mcp.api.Confirmation}. What was stored by
 * others may hold instructions for the model: put such text between the tags of {@link symbolai.mcp.api.Fence}, and cap it.
 *
 * <h2>REST and downloads</h2>
 *
 * <p>{@link symbolai.mcp.api.RestBinding} gives a tool a path below {@code /api/mcp/}; it is then in {@code /openapi.json} too, and
 * goes through the same policy and audit log. A caller that {@linkplain symbolai.mcp.api.ToolCall#takesStream takes a stream} may
 * be answered {@link symbolai.mcp.api.Streamed}.
 *
 * <h2>Reaching an outside system</h2>
 *
 * <p>A {@link symbolai.mcp.api.Connector} says which credentials it needs, verifies them and opens connections. The server keeps
 * the credentials, encrypted, and lends them for one operation. Send every request through the
 * {@link symbolai.mcp.api.Upstream} that comes with them: it keeps to the system's limits and tries again what may be tried again,
 * which depends on your failures being honest about whether anything was sent. A {@link symbolai.mcp.api.Connection} carries out
 * operations; families name an operation and know nothing of the system behind it.
 *
 * <h2>Leaving nothing behind</h2>
 *
 * <p>An unloaded plugin must be collected. Take HTTP clients, timers, threads, values and SQLite databases from
 * {@link symbolai.mcp.api.FamilyContext}: the server closes them for you. Do not start threads, do not register with the
 * event bus, do not hand your own classes to {@code JsonObject.mapFrom} or a Jackson {@code ObjectMapper} (their caches
 * keep the class loader alive); build {@link io.vertx.core.json.JsonObject}s instead.
 *
 * <p>A plugin is trusted code inside the server's process; the class loader separates names, not power.
 */
@NullMarked
package symbolai.mcp.api;

import org.jspecify.annotations.NullMarked;
