<?php
/**
 * The settings.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * The settings of the plugin, kept in one option.
 */
class Kashshaf_Settings {

	const OPTION   = 'kashshaf';
	const DEFAULTS = array(
		'server'         => '',
		'public_key'     => '',
		'admin_key'      => '',
		'types'          => array( 'post' ),
		'replace_search' => false,
	);

	/**
	 * A setting by its name.
	 *
	 * @param string $name One of the names in DEFAULTS.
	 * @return mixed
	 */
	public static function get( $name ) {
		$kept = get_option( self::OPTION );
		return is_array( $kept ) && isset( $kept[ $name ] ) ? $kept[ $name ] : self::DEFAULTS[ $name ];
	}

	/**
	 * The address of the Kashshaf server, without a slash at its end; empty where none is set.
	 *
	 * @return string
	 */
	public static function server() {
		return untrailingslashit( (string) self::get( 'server' ) );
	}

	/**
	 * The key that may write to the index. One in wp-config.php comes before the one in the database.
	 *
	 * @return string
	 */
	public static function admin_key() {
		return self::is_key_in_config() ? (string) KASHSHAF_ADMIN_KEY : (string) self::get( 'admin_key' );
	}

	/**
	 * True if wp-config.php has the key that may write.
	 *
	 * @return bool
	 */
	public static function is_key_in_config() {
		return defined( 'KASHSHAF_ADMIN_KEY' ) && KASHSHAF_ADMIN_KEY;
	}

	/**
	 * True if articles can be sent: there are a server and a key.
	 *
	 * @return bool
	 */
	public static function can_send() {
		return self::server() && self::admin_key();
	}

	/**
	 * The settings as they may be kept, of those that a form has sent.
	 *
	 * @param mixed $given The form's values.
	 * @return array
	 */
	public static function sanitized( $given ) {
		$given = is_array( $given ) ? $given : array();
		return array(
			'server'         => self::sanitized_server( (string) ( $given['server'] ?? '' ) ),
			'public_key'     => sanitize_text_field( $given['public_key'] ?? '' ),
			'admin_key'      => self::sanitized_admin_key( $given ),
			'types'          => array_values( array_intersect( (array) ( $given['types'] ?? array() ), self::public_types() ) ),
			'replace_search' => ! empty( $given['replace_search'] ),
		);
	}

	/**
	 * Types of posts that may be sent.
	 *
	 * @return string[]
	 */
	public static function public_types() {
		return array_values( array_diff( get_post_types( array( 'public' => true ) ), array( 'attachment' ) ) );
	}

	/**
	 * The server's address; the one before, and a notice, for what is no address.
	 *
	 * @param string $given As typed.
	 * @return string
	 */
	private static function sanitized_server( $given ) {
		$server = untrailingslashit( esc_url_raw( trim( $given ), array( 'http', 'https' ) ) );
		if ( trim( $given ) && ! wp_parse_url( $server, PHP_URL_HOST ) ) {
			add_settings_error( self::OPTION, 'server', __( 'The address of the server begins with https:// and has a host, as in https://search.example. It was left as it was.', 'kashshaf' ) );
			return (string) self::get( 'server' );
		}
		return $server;
	}

	/**
	 * The admin key: one that is typed, else the one that is kept, unless it is to be forgotten.
	 *
	 * @param array $given The form's values.
	 * @return string
	 */
	private static function sanitized_admin_key( $given ) {
		if ( ! empty( $given['forget_admin_key'] ) ) {
			return '';
		}
		$typed = sanitize_text_field( $given['admin_key'] ?? '' );
		return '' === $typed ? (string) self::get( 'admin_key' ) : $typed;
	}
}
