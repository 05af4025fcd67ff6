package dev.holdfast.examples.stolentoken;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Map;

/** How an attempt must end. */
sealed interface Expectation {

  /** Why the answer is what was wanted, or what is wrong with it. */
  Verdict judge(Answer answer, Api api, int position);

  /**
   * The API must serve it, and say that the caller proved this key.
   *
   * @param status the status to answer with
   * @param client whose token it is
   * @param binding the method by which it is proven
   * @param thumbprint the digest that names the key
   */
  record Served(int status, String client, String binding, String thumbprint)
      implements Expectation {
    @Override
    public Verdict judge(Answer answer, Api api, int position) {
      if (answer.status() >= 400) {
        return Verdict.wrong("refused", api.reason(answer, position));
      }
      if (answer.status() != status) {
        return Verdict.wrong("passed", "but the status had to be " + status);
      }
      try {
        Map<String, Object> caller = JSONObjectUtils.parse(answer.body());
        return client.equals(caller.get("client"))
                && binding.equals(caller.get("binding"))
                && thumbprint.equals(caller.get("thumbprint"))
            ? Verdict.right("passed", "the caller proved the key that the token names")
            : Verdict.wrong("passed", "but nobody looked at the caller's key");
      } catch (ParseException notJson) {
        return Verdict.wrong("passed", "but the answer is not JSON");
      }
    }
  }

  /** The API must serve it without a token. */
  record Public() implements Expectation {
    @Override
    public Verdict judge(Answer answer, Api api, int position) {
      return answer.status() == 200
          ? Verdict.right("passed", "it is public: no token is needed")
          : Verdict.wrong("refused", api.reason(answer, position));
    }
  }

  /** The API must take the security event, and do what it says. */
  record Taken() implements Expectation {
    @Override
    public Verdict judge(Answer answer, Api api, int position) {
      return answer.status() == 202
          ? Verdict.right("passed", "the issuer has signed it")
          : Verdict.wrong("refused", "the event was not taken");
    }
  }

  /**
   * The API must refuse it.
   *
   * @param status the status to answer with
   */
  record Refused(int status) implements Expectation {
    @Override
    public Verdict judge(Answer answer, Api api, int position) {
      if (answer.status() < 400) {
        return Verdict.wrong("PASSED", "the stolen token was good enough");
      }
      String reason = api.reason(answer, position);
      return answer.status() == status
          ? Verdict.right("refused", reason)
          : Verdict.wrong("refused", "the status had to be " + status + ": " + reason);
    }
  }
}
