package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The shapes of tokens that well-known issuers sign with one key, after their documentation: which
 * of them is an access token (C82, C83). The values are ours.
 */
class IssuersTokensTest extends JwtVerifierFixture {
  /** For an issuer whose access tokens name no audience, or another one than the API's. */
  private static final Set<String> ANY = Set.of();

  private static final Set<String> API = Set.of(Specimen.AUDIENCE);
  private static final Set<String> CLIENT = Set.of("app");

  /** With {@code JWT} in the header, as nearly all of them write it. */
  private Verification verify(Set<String> audiences, String claims) {
    return verify(audiences, "JWT", claims);
  }

  private Verification verify(Set<String> audiences, String type, String claims) {
    Specimen specimen = Specimen.rs256().header("typ", type);
    specimen.claims.clear();
    specimen
        .claim("iss", Specimen.ISSUER)
        .claim("iat", Specimen.NOW.getEpochSecond())
        .claim("exp", Specimen.NOW.getEpochSecond() + 300);
    try {
      specimen.claims.putAll(JSONObjectUtils.parse(claims.replace('\'', '"')));
    } catch (java.text.ParseException e) {
      throw new IllegalArgumentException(e);
    }
    return verifier(audiences, Set.of(), Set.of()).verify(specimen.presented()).join();
  }

  private void accepts(Set<String> audiences, String claims) {
    assertThat(verify(audiences, claims)).isInstanceOf(Verification.Valid.class);
  }

  private static void assertRefused(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Invalid.class);
  }

  @TestFactory
  Stream<DynamicTest> accessTokensPassWithoutAnAudience_C82() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(
        "Amazon Cognito",
        "{'sub':'s','cognito:groups':['g'],'client_id':'app','origin_jti':'j','event_id':'e',"
            + "'token_use':'access','scope':'openid','auth_time':1,'jti':'j','username':'u'}");
    tokens.put(
        "Auth0",
        "{'sub':'auth0|1','aud':['https://api.example','https://t.auth0.com/userinfo'],"
            + "'azp':'app','scope':'openid profile'}");
    tokens.put(
        "Entra 1.0",
        "{'aud':'https://api.example','nbf':1,'aio':'x','appid':'app','appidacr':'1',"
            + "'oid':'o','scp':'read','sub':'s','tid':'t','uti':'u','ver':'1.0'}");
    tokens.put(
        "Entra 1.0, an application on its own",
        "{'aud':'https://api.example','appid':'app','appidacr':'1','idp':'i','oid':'o',"
            + "'roles':['Read.All'],'sub':'o','tid':'t','ver':'1.0'}");
    tokens.put(
        "Entra 2.0",
        "{'aud':'api-id','azp':'app','azpacr':'1','name':'n','oid':'o','scp':'read','sub':'s',"
            + "'tid':'t','ver':'2.0'}");
    tokens.put(
        "Entra 2.0, an application on its own",
        "{'aud':'api-id','azp':'app','azpacr':'2','oid':'o','roles':['Read.All'],'sub':'o',"
            + "'tid':'t','ver':'2.0'}");
    tokens.put(
        "Okta",
        "{'ver':1,'jti':'AT.1','aud':'api://default','cid':'app','uid':'u','scp':['openid'],"
            + "'auth_time':1,'sub':'a@example.com'}");
    tokens.put(
        "Keycloak",
        "{'jti':'j','aud':'account','sub':'s','typ':'Bearer','azp':'app','sid':'s','acr':'1',"
            + "'scope':'openid profile'}");
    tokens.put("Keycloak, of older versions", "{'typ':'Bearer','azp':'app','nonce':'n'}");
    tokens.put(
        "PingFederate",
        "{'scope':['openid'],'client_id':'app','aud':'https://api.example','agid':'g',"
            + "'Username':'u'}");
    tokens.put(
        "PingAM",
        "{'sub':'u','cts':'OAUTH2_STATELESS_GRANT','tokenName':'access_token','aud':'app',"
            + "'token_type':'Bearer','authGrantId':'g','realm':'/','scope':['openid'],'nonce':'n'}");
    tokens.put(
        "WSO2",
        "{'sub':'s','aut':'APPLICATION_USER','aud':'app','nbf':1,'azp':'app','scope':'openid',"
            + "'jti':'j','client_id':'app'}");
    return tokens.entrySet().stream()
        .map(token -> dynamicTest(token.getKey(), () -> accepts(ANY, token.getValue())));
  }

  /** One that has no other mark than the absence of an access token's. */
  private static Map<String, String> idTokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(
        "Amazon Cognito",
        "{'sub':'s','aud':'app','cognito:username':'u','event_id':'e','token_use':'id',"
            + "'auth_time':1,'email':'a@example.com','origin_jti':'j','jti':'j'}");
    tokens.put("Auth0", "{'sub':'auth0|1','aud':'app','name':'n','nickname':'n','sid':'s'}");
    tokens.put(
        "Entra 1.0",
        "{'aud':'app','nbf':1,'amr':['pwd'],'ipaddr':'i','name':'n','oid':'o','sub':'s',"
            + "'tid':'t','unique_name':'u','ver':'1.0'}");
    tokens.put(
        "Entra 2.0",
        "{'aud':'app','nbf':1,'name':'n','oid':'o','preferred_username':'u','rh':'r',"
            + "'roles':['r'],'sub':'s','tid':'t','uti':'u','ver':'2.0'}");
    tokens.put(
        "Okta",
        "{'sub':'s','name':'n','email':'e','ver':1,'aud':'app','jti':'ID.1','amr':['pwd'],"
            + "'idp':'i','auth_time':1,'at_hash':'h'}");
    tokens.put(
        "Keycloak",
        "{'jti':'j','aud':'app','sub':'s','typ':'ID','azp':'app','sid':'s','acr':'1',"
            + "'preferred_username':'u'}");
    tokens.put("Google", "{'azp':'app','aud':'app','sub':'1','hd':'example.com','email':'e'}");
    tokens.put("Google, of another client's", "{'azp':'android','aud':'app','sub':'1'}");
    tokens.put("PingFederate", "{'sub':'s','aud':'app','jti':'j','pi.sri':'x','auth_time':1}");
    tokens.put(
        "PingAM",
        "{'sub':'u','auditTrackingId':'a','tokenName':'id_token','aud':'app','azp':'app',"
            + "'realm':'/','tokenType':'JWTToken'}");
    tokens.put(
        "WSO2",
        "{'isk':'k','at_hash':'h','sub':'s','aud':['app'],'azp':'app','c_hash':'c','sid':'s'}");
    return tokens;
  }

  @TestFactory
  Stream<DynamicTest> idTokensDoNotPassWithoutAnAudience_C82() {
    return idTokens().entrySet().stream()
        .map(
            token ->
                dynamicTest(token.getKey(), () -> assertRefused(verify(ANY, token.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> idTokensDoNotPassForTheApi_C82() {
    return idTokens().entrySet().stream()
        .map(
            token ->
                dynamicTest(token.getKey(), () -> assertRefused(verify(API, token.getValue()))));
  }

  /** An API that is registered as the client itself: the audience alone cannot tell. */
  @TestFactory
  Stream<DynamicTest> idTokensWithANonceDoNotPassForAnApiThatIsTheClient_C82() {
    return idTokens().entrySet().stream()
        .map(
            token ->
                dynamicTest(
                    token.getKey(),
                    () ->
                        assertRefused(
                            verify(CLIENT, token.getValue().replace("{", "{'nonce':'n',")))));
  }

  @Test
  void otherTokensOfTheSameKeyAreRefused_C82() {
    for (String other :
        List.of(
            "{'sub':'s','aud':'app'}",
            "{'sub':'s'}",
            "{'sub':'s','azp':'app'}",
            "{'typ':'Refresh','azp':'app','scope':'openid','aud':'https://api.example'}",
            "{'typ':'Offline','azp':'app','scope':'openid','aud':'https://api.example'}",
            "{'tokenName':'refresh_token','scope':['openid'],'aud':'https://api.example'}",
            "{'token_use':'refresh','client_id':'app','aud':'https://api.example'}",
            "{'token_use':'id','client_id':'app','aud':'https://api.example'}",
            "{'token_use':1,'client_id':'app','aud':'https://api.example'}",
            "{'token_type':'N_A','client_id':'app','aud':'https://api.example'}",
            "{'client_id':null,'scope':null,'aud':'app'}")) {
      assertRefused(verify(ANY, other));
      assertRefused(verify(API, other));
    }
  }

  /** One word after another that stands there and says nothing. */
  @TestFactory
  Stream<DynamicTest> anEmptyClaimIsNoSignOfAnAccessToken_C82() {
    return Stream.of("client_id", "cid", "appid", "azpacr", "scope", "scp")
        .flatMap(
            claim ->
                Stream.of("''", "' '", "[]", "['']", "{}", "1", "true", "null")
                    .map(value -> "{'sub':'s','aud':'app','" + claim + "':" + value + "}"))
        .map(claims -> dynamicTest(claims, () -> assertRefused(verify(ANY, claims))));
  }

  @Test
  void anEmptyAudienceIsNoDemandedOne_C82() {
    for (String audience : List.of("''", "[]", "['']", "' '")) {
      String claims = "{'sub':'s','aud':" + audience + "}";
      assertRefused(verify(ANY, claims));
      assertRefused(verify(API, claims));
    }
  }

  /**
   * An API that is its own client, and an ID token that repeats its audience or asks for nothing.
   */
  @Test
  void anIdTokenForItsClientIsNoneWhateverStandsBesideIt_C82() {
    for (String beside :
        List.of(
            "'aud':'app'",
            "'aud':['app']",
            "'aud':['app','app']",
            "'aud':['app','']",
            "'aud':'app','scope':''",
            "'aud':'app','scp':[]")) {
      assertRefused(verify(CLIENT, "{'sub':'s','azp':'app'," + beside + "}"));
    }
    accepts(CLIENT, "{'sub':'s','azp':'app','aud':'app','scope':'read'}");
    accepts(CLIENT, "{'sub':'s','azp':'app','aud':['app','other']}");
  }

  /** Not even where the header or a demanded audience vouches for an access token. */
  @Test
  void aKindThatIsNoTextIsRefusedWhateverElseVouches_C88() {
    for (String member : List.of("token_type", "typ", "token_use", "tokenName")) {
      for (String kind : List.of("1", "['Bearer']", "{'a':'b'}", "true")) {
        String claims =
            "{'" + member + "':" + kind + ",'client_id':'a','aud':'" + Specimen.AUDIENCE + "'}";
        assertRefused(verify(API, claims));
        assertRefused(verify(API, "at+jwt", claims));
      }
    }
  }

  @Test
  void theDemandedAudienceIsEnough_C82() {
    String machine = "{'sub':'app@clients','aud':'https://api.example','azp':'app','gty':'g'}";

    accepts(API, machine);
    assertThat(verify(ANY, machine))
        .isInstanceOfSatisfying(
            Verification.Invalid.class,
            invalid ->
                assertThat(invalid.rule())
                    .startsWith("nothing says that this is an access token")
                    .contains("no audience is demanded here"));
  }

  @Test
  void atJwtIsEnoughButNotAgainstTheIssuersOwnWord_C82() {
    assertThat(verify(ANY, "at+jwt", "{'sub':'s'}")).isInstanceOf(Verification.Valid.class);
    assertThat(verify(ANY, "application/at+jwt", "{'sub':'s','events':{},'nonce':'n'}"))
        .isInstanceOf(Verification.Valid.class);
    assertRefused(verify(ANY, "at+jwt", "{'sub':'s','token_use':'id'}"));
    assertRefused(verify(ANY, "at+jwt", "{'sub':'s','tokenName':'refresh_token'}"));
  }

  @Test
  void withTheAudienceAndASignANonceAndACallToOneselfPass_C83() {
    accepts(API, "{'aud':'https://api.example','client_id':'app','nonce':'n'}");
    accepts(API, "{'aud':'https://api.example','scope':'read','nonce':'n'}");
    accepts(API, "{'aud':'https://api.example','azp':'https://api.example','client_id':'app'}");
    accepts(API, "{'aud':['https://api.example'],'azp':'https://api.example','appid':'app'}");

    assertRefused(verify(API, "{'aud':'https://api.example','nonce':'n'}"));
    assertRefused(verify(API, "{'aud':'https://api.example','azp':'https://api.example'}"));
    assertRefused(verify(ANY, "{'aud':'https://api.example','client_id':'app','nonce':'n'}"));
    assertRefused(
        verify(ANY, "{'aud':'https://api.example','azp':'https://api.example','cid':'app'}"));
  }

  @Test
  void aClaimTokenTypeOfTheIssuersOwnDoesNotSpoilAGoodToken_C83() {
    String own = "{'aud':'https://api.example','client_id':'app','token_type':'user'}";

    accepts(API, own);
    assertRefused(verify(ANY, own));
    assertRefused(verify(API, own.replace("'client_id'", "'x'")));
  }

  @Test
  void aTokenOfEventsIsNone_C83() {
    String events = "{'aud':'https://api.example','client_id':'app','events':{'u':{}}}";

    assertRefused(verify(API, events));
    assertRefused(verify(API, events.replace("{'u':{}}", "null")));
    assertThat(verify(API, "at+jwt", events)).isInstanceOf(Verification.Valid.class);
  }
}
