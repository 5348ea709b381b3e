package io.unroll.driver.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system, through {@code sun.misc.Signal}: the only way to be told of
 * Ctrl-C while the JVM goes on. By reflection, because the compiler warns of that class and cannot
 * be told not to.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /**
   * Has an action run at each signal, on a thread of the JVM's.
   *
   * @param name such as INT
   * @return puts back what was there before
   */
  static Runnable handle(String name, Runnable action) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Method register = signalType.getMethod("handle", signalType, handlerType);
      Object former = register.invoke(null, signal, handler(handlerType, action));
      return () -> restore(register, signal, former);
    } catch (ReflectiveOperationException e) {
      // Such as java -Xrs, which leaves the signals to others.
      LOG.warn("Cannot listen to SIG{}: it will end a run at once, without a checkpoint", name);
      return () -> {};
    }
  }

  private static Object handler(Class<?> type, Runnable action) {
    return Proxy.newProxyInstance(
        Signals.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          action.run();
          return null;
        });
  }

  private static void restore(Method register, Object signal, Object former) {
    try {
      register.invoke(null, signal, former);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot give back " + signal, e);
    }
  }
}
