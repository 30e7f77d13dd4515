<?php
/**
 * Requests to the server.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * Requests to the Kashshaf server.
 *
 * An error has the code PASSING where another try may help, with the seconds to wait, if the server said so,
 * as its data; else the code REFUSED.
 */
class Kashshaf_Client {

	const PASSING  = 'kashshaf_passing';
	const REFUSED  = 'kashshaf_refused';
	const SECONDS  = 30;
	const QUICKLY  = 3;
	const FAULTS   = array( 400, 413, 415, 422 );
	const MAX_WAIT = DAY_IN_SECONDS;

	/**
	 * Send articles; the server adds new ones, and updates those it has.
	 *
	 * @param array[] $articles Articles, as {@see Kashshaf_Article::of()} makes them.
	 * @return array|WP_Error The server's answer.
	 */
	public static function send( $articles ) {
		$lines = implode( "\n", array_map( 'wp_json_encode', $articles ) ) . "\n";
		return self::request(
			'/api/v1/articles',
			array(
				'method'  => 'POST',
				'body'    => $lines,
				'headers' => array( 'Content-Type' => 'application/x-ndjson' ),
			)
		);
	}

	/**
	 * Take an article out of the index; one that is not there is taken out already.
	 *
	 * @param string $id Its id.
	 * @return array|WP_Error
	 */
	public static function remove( $id ) {
		return self::request( '/api/v1/articles/' . rawurlencode( $id ), array( 'method' => 'DELETE' ), array( 404 ) );
	}

	/**
	 * Search as a reader does, with the public key. It may be one for pages of this site alone, so its origin is told,
	 * as a browser tells it.
	 *
	 * @param array $parameters Parameters of the search by name.
	 * @return array|WP_Error The server's answer.
	 */
	public static function search( $parameters ) {
		$key      = Kashshaf_Settings::get( 'public_key' );
		$headers  = $key ? array( 'Authorization' => "Bearer $key", 'Origin' => self::origin() ) : array();
		$address  = Kashshaf_Settings::server() . '/api/v1/search?' . http_build_query( $parameters );
		$response = wp_remote_get(
			$address,
			array(
				'timeout' => self::QUICKLY,
				'headers' => $headers,
			)
		);
		return self::read( $response );
	}

	/**
	 * The origin of this site's pages.
	 *
	 * @return string
	 */
	private static function origin() {
		$parts = wp_parse_url( home_url() );
		return $parts['scheme'] . '://' . $parts['host'] . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
	}

	/**
	 * A request that may write.
	 *
	 * @param string $path    Path below the server's address.
	 * @param array  $request Method, body and headers.
	 * @param int[]  $fine    Further statuses that are no error.
	 * @return array|WP_Error
	 */
	private static function request( $path, $request, $fine = array() ) {
		if ( ! Kashshaf_Settings::can_send() ) {
			return new WP_Error( self::PASSING, __( 'The address of the server or the admin key is missing: Settings, Kashshaf.', 'kashshaf' ) );
		}
		$request['timeout']                  = self::SECONDS;
		$request['redirection']              = 0;
		$request['headers']['Authorization'] = 'Bearer ' . Kashshaf_Settings::admin_key();
		return self::read( wp_remote_request( Kashshaf_Settings::server() . $path, $request ), $fine );
	}

	/**
	 * A response as the data in it, or as an error.
	 *
	 * @param array|WP_Error $response The response.
	 * @param int[]          $fine     Further statuses that are no error.
	 * @return array|WP_Error
	 */
	private static function read( $response, $fine = array() ) {
		if ( is_wp_error( $response ) ) {
			return new WP_Error( self::PASSING, $response->get_error_message() );
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		$data   = json_decode( wp_remote_retrieve_body( $response ), true );
		$data   = is_array( $data ) ? $data : array();
		if ( ( $status >= 200 && $status < 300 ) || in_array( $status, $fine, true ) || isset( $data['results'] ) ) {
			return $data; // With results, each says by itself whether it was refused.
		}
		$code = in_array( $status, self::FAULTS, true ) ? self::REFUSED : self::PASSING;
		return new WP_Error( $code, self::reason( $status, $data ), self::wait( $response ) );
	}

	/**
	 * What the server says of an error (RFC 9457), else its status.
	 *
	 * @param int   $status HTTP status.
	 * @param array $data   The data of the response.
	 * @return string
	 */
	private static function reason( $status, $data ) {
		$said = (string) ( $data['detail'] ?? $data['title'] ?? '' );
		/* translators: 1: an HTTP status, 2: a sentence of the server. */
		return trim( sprintf( __( 'The server answered %1$d. %2$s', 'kashshaf' ), $status, $said ) );
	}

	/**
	 * Seconds that the server asks to be left alone; 0 where it does not.
	 *
	 * @param array $response The response.
	 * @return int
	 */
	private static function wait( $response ) {
		$stated = (int) wp_remote_retrieve_header( $response, 'retry-after' );
		return min( self::MAX_WAIT, max( 0, $stated ) );
	}
}
