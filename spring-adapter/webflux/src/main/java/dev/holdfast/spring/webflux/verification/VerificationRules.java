package dev.holdfast.spring.webflux.verification;

import dev.holdfast.configuration.reading.SpringSettings.AttributesWithoutCnf;
import java.time.Duration;

/**
 * How every token of a chain is verified.
 *
 * @param managers what sees through the chain's managers
 * @param clockSkew how far an issuer's clock may be ahead
 * @param withoutCnf what attributes of the application's own making say when they have no cnf
 * @param advice tells the operator what to change
 */
public record VerificationRules(
    ManagerView managers, Duration clockSkew, AttributesWithoutCnf withoutCnf, Advice advice) {}
